import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publishedPackages, readWorkspace, type WorkspacePackage } from "../workspace/read-workspace.ts";
import { pnpm } from "./pnpm.ts";

/** A package as it would be published. */
export interface Tarball {
  readonly package: WorkspacePackage;
  /** Absolute. */
  readonly path: string;
}

/**
 * Packs every published package on the first call, and returns the same files after that.
 *
 * They are made by pnpm, just as a release makes them, with versions in place of `workspace:*`. They are removed when the process
 * ends.
 */
export function packTarballs(): Promise<readonly Tarball[]> {
  packed ??= pack();
  return packed;
}

let packed: Promise<readonly Tarball[]> | undefined;

async function pack(): Promise<readonly Tarball[]> {
  const folder = mkdtempSync(join(tmpdir(), "keyward-tarballs-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const packages = publishedPackages(readWorkspace());
  const filters = packages.flatMap(({ manifest }) => ["--filter", manifest.name]);
  const { succeeded, output } = await pnpm(["--recursive", ...filters, "pack", "--pack-destination", folder]);
  if (!succeeded) throw new Error(`pnpm pack failed:\n${output}`);
  const names = readdirSync(folder);
  return packages.map((each) => {
    const prefix = each.manifest.name.replace("@", "").replace("/", "-");
    const name = names.find((candidate) => candidate.startsWith(prefix) && /^-\d/.test(candidate.slice(prefix.length)));
    if (!name) throw new Error(`pnpm pack made no tarball of ${each.manifest.name}`);
    return { package: each, path: join(folder, name) };
  });
}
