/** What a package is for. Its role decides what it may import. */
export type Role =
  | "core"
  | "backend"
  | "feature"
  | "glue"
  | "conformance"
  | "umbrella"
  | "server"
  | "private"
  | "example";

const roles: Readonly<Record<string, Role>> = {
  "packages/core": "core",
  "packages/ioredis": "backend",
  "packages/upstash": "backend",
  "packages/masker": "feature",
  "packages/rate-limiter": "feature",
  "packages/express": "glue",
  "packages/next": "glue",
  "packages/conformance": "conformance",
  "packages/keyward": "umbrella",
  "packages/upstash-local": "server",
  "packages/test-kit": "private",
  "packages/benchmarks": "private",
  "packages/faults": "private",
  "packages/tooling": "private",
};

/** Everything that is published. */
const published: readonly Role[] = ["core", "backend", "feature", "glue", "conformance", "umbrella", "server"];

/** For each role, the roles of the packages that its product code may import. */
const arrows: Readonly<Record<Role, readonly Role[]>> = {
  core: [],
  backend: ["core"],
  feature: ["core"],
  glue: ["core", "feature"],
  conformance: ["core"],
  umbrella: published.filter((role) => role !== "umbrella" && role !== "server"),
  server: ["core"],
  private: [...published, "private"],
  example: published,
};

/** Private packages that may not import everything, and what they may import. */
const narrowed: Readonly<Record<string, readonly string[]>> = {
  "packages/test-kit": ["packages/core"],
  "packages/tooling": [],
};

/** What any test may import, in addition to what its package may. */
const testOnly: readonly string[] = ["packages/test-kit", "packages/conformance", "packages/upstash-local"];

/** What only the configuration files of a package may import: the build preset. */
const configurationOnly: readonly string[] = ["packages/tooling"];

/**
 * The role of the package in `folder`.
 *
 * A new package in `packages` has to be given its role here, so that nobody adds one without deciding what it may import.
 */
export function roleOf(folder: string): Role | undefined {
  return folder.startsWith("examples/") ? "example" : roles[folder];
}

/** Whether a file is shipped, a test, or the configuration of a tool. */
export type FileKind = "product" | "test" | "configuration";

export function fileKindOf(path: string): FileKind {
  if (/\.config\.[cm]?[jt]s$/.test(path)) return "configuration";
  if (/\.(test|bench)\.tsx?$|\/(bench|fixtures)\//.test(path)) return "test";
  return "product";
}

/** Whether a file of `kind` in the package `from` may import the package `to`; both are folders. */
export function mayImport(from: string, to: string, kind: FileKind): boolean {
  if (from === to) return true;
  if (kind === "configuration" && configurationOnly.includes(to)) return true;
  if (kind === "test" && testOnly.includes(to)) return true;
  // The examples run the stand-in model, which takes the place of a server, not of a package.
  if (roleOf(from) === "example" && to === "packages/test-kit") return true;
  const narrow = narrowed[from];
  if (narrow) return narrow.includes(to);
  const [fromRole, toRole] = [roleOf(from), roleOf(to)];
  return fromRole !== undefined && toRole !== undefined && arrows[fromRole].includes(toRole);
}
