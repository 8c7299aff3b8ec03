import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCommand } from "../suite/run-command.ts";
import { packTarballs } from "../suite/tarballs.ts";
import { workspaceRoot } from "../workspace/read-workspace.ts";
import { firstExample } from "./first-example.ts";

/** What a user of all packages installs beside them. vite is the last version that runs on the oldest Node. */
const peers = {
  "@upstash/redis": "^1.39.0",
  express: "^5.2.1",
  "fast-check": "^4.0.0",
  ioredis: "^6.0.0",
  vite: "^5.4.0",
  vitest: "~3.0.0",
};

/**
 * Makes a project outside the workspace that has every published package installed by npm, from the tarballs.
 *
 * @returns its folder, for the caller to remove
 */
export async function installConsumer(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "keyward-smoke-"));
  cpSync(fileURLToPath(new URL("consumer", import.meta.url)), folder, { recursive: true });
  writeFileSync(
    join(folder, "first-example.mjs"),
    firstExample(readFileSync(join(workspaceRoot, "README.md"), "utf8")),
  );
  const tarballs = await packTarballs();
  const packages = tarballs.map(({ package: { manifest }, path }) => [manifest.name, `file:${path}`]);
  const manifest = { name: "smoke", private: true, dependencies: { ...peers, ...Object.fromEntries(packages) } };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  const { succeeded, output } = await runCommand("npm", ["install", ...quiet], { folder });
  if (!succeeded) throw new Error(`npm couldn't install the packed packages:\n${output}`);
  return folder;
}
