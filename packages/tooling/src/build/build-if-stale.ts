import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { pnpm } from "../suite/pnpm.ts";
import { publishedPackages, readWorkspace, workspaceRoot } from "../workspace/read-workspace.ts";
import { isStale } from "./is-stale.ts";

/** Builds the published packages if a source is newer than its build. The demo and the benchmarks import the builds. */
const folders = publishedPackages(readWorkspace()).map(({ folder }) => join(workspaceRoot, folder));
const preset = fileTime(join(workspaceRoot, "packages/tooling/src/package-build.mjs"));

if (folders.some((folder) => isStale([preset, ...sourceTimes(folder)], buildTimes(folder)))) {
  console.error("Building the packages ...");
  const { succeeded, output } = await pnpm(["--recursive", "run", "build"]);
  if (!succeeded) {
    console.error(output);
    process.exitCode = 1;
  }
}

function sourceTimes(folder: string): readonly number[] {
  const beside = ["package.json", "tsup.config.ts"].map((name) => fileTime(join(folder, name)));
  return [...beside, ...folderTimes(join(folder, "src"))];
}

function buildTimes(folder: string): readonly number[] {
  const dist = join(folder, "dist");
  return existsSync(dist) ? folderTimes(dist) : [];
}

function folderTimes(folder: string): readonly number[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => fileTime(join(entry.parentPath, entry.name)));
}

function fileTime(path: string): number {
  return statSync(path).mtimeMs;
}
