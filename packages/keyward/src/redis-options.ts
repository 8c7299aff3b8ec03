import { ConfigurationError } from "@keyward/core";
import type { IoredisBackendOptions } from "@keyward/ioredis";
import type { Environment } from "./backend-from-env.ts";

/**
 * What the `REDIS_...` variables say; undefined where they name no server.
 *
 * @throws {ConfigurationError} naming the variable that is malformed.
 */
export function readRedisOptions(environment: Environment): IoredisBackendOptions | undefined {
  const read = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const readNumber = (name: string, least: number, most: number): number | undefined => {
    const text = read(name);
    if (text === undefined) return undefined;
    const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= least && number <= most)) {
      throw new ConfigurationError(name, `takes a whole number from ${least} to ${most}`);
    }
    return number;
  };

  const prefix = read("REDIS_PREFIX");
  if (prefix !== undefined && /[{}]/.test(prefix)) throw new ConfigurationError("REDIS_PREFIX", "must not hold { or }");
  const timeoutMs = readNumber("REDIS_TIMEOUT_MS", 1, 600_000);
  const shared = { ...(prefix !== undefined && { prefix }), ...(timeoutMs !== undefined && { timeoutMs }) };

  const url = read("REDIS_URL");
  if (url !== undefined) return { ...shared, url: checkUrl(url) };
  const port = readNumber("REDIS_PORT", 1, 65_535);
  const db = readNumber("REDIS_DB", 0, 1_000_000);
  const useTls = readSwitch("REDIS_SSL", read("REDIS_SSL"));
  const host = read("REDIS_HOST");
  if (host === undefined) return undefined;
  const username = read("REDIS_USERNAME");
  // As it stands: a password may begin or end with a space.
  const password = environment["REDIS_PASSWORD"] || undefined;
  return {
    ...shared,
    host,
    ...(port !== undefined && { port }),
    ...(db !== undefined && { db }),
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(useTls && { tls: {} }),
  };
}

function readSwitch(name: string, text: string | undefined): boolean {
  const value = (text ?? "false").toLowerCase();
  if (["true", "1"].includes(value)) return true;
  if (["false", "0"].includes(value)) return false;
  throw new ConfigurationError(name, "takes true or false");
}

function checkUrl(url: string): string {
  let parsed: URL | undefined;
  try {
    parsed = new URL(url);
  } catch {
    // Its error would quote the URL, with the password.
  }
  if (!parsed || !/^rediss?:$/.test(parsed.protocol) || parsed.hostname === "" || !/^\/?\d*$/.test(parsed.pathname)) {
    throw new ConfigurationError("REDIS_URL", "must look like redis://user:password@host:6379/0, or rediss:// for TLS");
  }
  return url;
}
