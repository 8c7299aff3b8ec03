/** What a package is for; the arrows between packages run by role. */
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

/** Which roles' packages the product code of a role may import. */
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

/** The private packages that are not free to import everything, and what they may. */
const narrowed: Readonly<Record<string, readonly string[]>> = {
  "packages/test-kit": ["packages/core"],
  "packages/tooling": [],
};

/** What any test, on top of its package's own arrows, may import. */
const testOnly: readonly string[] = ["packages/test-kit", "packages/conformance", "packages/upstash-local"];

/** The build's preset, which a package's configuration files import and nothing else does. */
const configurationOnly: readonly string[] = ["packages/tooling"];

/**
 * The role of the package in `folder`.
 *
 * A new package under `packages` has to be given its role here, so that nobody adds one without choosing its arrows.
 */
export function roleOf(folder: string): Role | undefined {
  return folder.startsWith("examples/") ? "example" : roles[folder];
}

/** How a file takes part in its package: what is shipped, a test, or configuration of a tool. */
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
  // The examples run the stand-in model: it takes the place of a server, not of a package.
  if (roleOf(from) === "example" && to === "packages/test-kit") return true;
  const narrow = narrowed[from];
  if (narrow) return narrow.includes(to);
  const [fromRole, toRole] = [roleOf(from), roleOf(to)];
  return fromRole !== undefined && toRole !== undefined && arrows[fromRole].includes(toRole);
}
