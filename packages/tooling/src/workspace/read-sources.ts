import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type WorkspacePackage, workspaceRoot } from "./read-workspace.ts";

/** One source file, by its path relative to the workspace, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** The TypeScript and JavaScript of a package: its sources, benchmarks and configuration. */
export function readSources(workspacePackage: WorkspacePackage, root = workspaceRoot): readonly SourceFile[] {
  const { folder } = workspacePackage;
  const listed = ["src", "bench"].flatMap((part) => listFolder(root, `${folder}/${part}`));
  const beside = readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
  return [...listed, ...beside]
    .filter((path) => /\.[cm]?[jt]sx?$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

function listFolder(root: string, folder: string): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll("\\", "/"));
}
