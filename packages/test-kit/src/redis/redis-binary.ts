import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const INSTALL: Partial<Record<NodeJS.Platform, string>> = {
  darwin: "brew install redis",
  linux: "sudo apt-get install -y redis-server   (Debian, Ubuntu)   or   sudo dnf install -y redis   (Fedora)",
};

/**
 * The `redis-server` to start: the one named by `KEYWARD_REDIS_SERVER`, else the first on the PATH.
 *
 * @throws with the command that installs one.
 */
export function findRedisServer(environment: NodeJS.ProcessEnv = process.env): string {
  const named = environment["KEYWARD_REDIS_SERVER"];
  const candidates = named
    ? [named]
    : (environment["PATH"] ?? "").split(delimiter).map((folder) => join(folder, "redis-server"));
  const found = candidates.find(isExecutable);
  if (found !== undefined) return found;
  const install = INSTALL[process.platform] ?? "see https://redis.io/docs/latest/operate/oss_and_stack/install/";
  throw new Error(
    named
      ? `KEYWARD_REDIS_SERVER names ${named}, which can't be executed`
      : `There is no redis-server on the PATH. Install one:\n\n  ${install}\n\nor name one in KEYWARD_REDIS_SERVER.`,
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
