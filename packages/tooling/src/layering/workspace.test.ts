import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSources } from "../workspace/read-sources.ts";
import { readWorkspace, workspaceRoot } from "../workspace/read-workspace.ts";
import { findViolations } from "./find-violations.ts";

const packages = readWorkspace().map((each) => ({ ...each, sources: readSources(each) }));

describe("this workspace", () => {
  it("is read in full: every package has sources", () => {
    expect(packages.length).toBeGreaterThanOrEqual(8);
    expect(packages.filter(({ sources }) => sources.length === 0)).toEqual([]);
  });

  it("has no broken arrow, no deep path and no cycle", () => {
    expect(findViolations(packages)).toEqual([]);
  });

  it("has a lockfile that names no host, so that it serves behind every registry", () => {
    const lockfile = readFileSync(join(workspaceRoot, "pnpm-lock.yaml"), "utf8");
    expect(lockfile).toContain("integrity: sha512-");
    expect(lockfile.match(/^.*(https?:\/\/|tarball:).*$/gm) ?? []).toEqual([]);
  });

  it("sets no registry", () => {
    const folders = ["", ...packages.map(({ folder }) => folder)];
    expect(folders.filter((folder) => existsSync(join(workspaceRoot, folder, ".npmrc")))).toEqual([]);
  });
});
