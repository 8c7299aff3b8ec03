import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readWorkspace, workspaceRoot } from "../workspace/read-workspace.ts";

/** A Markdown document, by its path relative to the workspace, with forward slashes. */
export interface Document {
  readonly path: string;
  readonly text: string;
}

/** What people read: the workspace's documents, those in `docs`, and each package's README. */
export function readDocuments(): readonly Document[] {
  const pages = readdirSync(join(workspaceRoot, "docs"), { encoding: "utf8", recursive: true })
    .filter((path) => path.endsWith(".md"))
    .map((path) => `docs/${path.replaceAll("\\", "/")}`);
  const readmes = readWorkspace().map(({ folder }) => `${folder}/README.md`);
  return ["README.md", "CONTRIBUTING.md", ...pages, ...readmes]
    .filter((path) => existsSync(join(workspaceRoot, path)))
    .map((path) => ({ path, text: readFileSync(join(workspaceRoot, path), "utf8") }));
}
