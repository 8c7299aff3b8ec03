import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * The `redis-server` to start: the one named by `KEYWARD_REDIS_SERVER`, else the first on the PATH.
 *
 * @throws if there is none.
 */
export function findRedisServer(environment: NodeJS.ProcessEnv = process.env): string {
  const named = environment["KEYWARD_REDIS_SERVER"];
  const candidates = named
    ? [named]
    : (environment["PATH"] ?? "").split(delimiter).map((folder) => join(folder, "redis-server"));
  const found = candidates.find(isExecutable);
  if (found !== undefined) return found;
  throw new Error(
    named
      ? `KEYWARD_REDIS_SERVER names ${named}, which can't be executed`
      : "There is no redis-server on the PATH. `npm test` says how to install one; or name one in KEYWARD_REDIS_SERVER.",
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
