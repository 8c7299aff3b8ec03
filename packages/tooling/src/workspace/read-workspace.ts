import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The part of a `package.json` that the tooling reads. */
export interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  /** The CommonJS entry. A package without one can only be imported. */
  readonly main?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly exports?: unknown;
}

export interface WorkspacePackage {
  /** Relative to the workspace, with forward slashes: `packages/core`. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Absolute, with a separator at its end. */
export const workspaceRoot = fileURLToPath(new URL("../../../..", import.meta.url));

/** Every package and example of the workspace, by folder. */
export function readWorkspace(root = workspaceRoot): readonly WorkspacePackage[] {
  return ["packages", "examples"].flatMap((parent) => {
    if (!existsSync(join(root, parent))) return [];
    return readdirSync(join(root, parent))
      .sort()
      .map((child) => `${parent}/${child}`)
      .filter((folder) => existsSync(join(root, folder, "package.json")))
      .map((folder) => ({ folder, manifest: readManifest(join(root, folder, "package.json")) }));
  });
}

/** The packages that users install. */
export function publishedPackages(packages: readonly WorkspacePackage[]): readonly WorkspacePackage[] {
  return packages.filter(({ folder, manifest }) => folder.startsWith("packages/") && manifest.private !== true);
}

function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(path, "utf8")) as Manifest;
}
