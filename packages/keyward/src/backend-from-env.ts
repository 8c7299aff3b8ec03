import { ConfigurationError, createMemoryBackend, type KeyValueBackend } from "@keyward/core";
import { loadRedis } from "#redis-loader";
import { createLazyBackend } from "./lazy-backend.ts";
import { readRedisOptions } from "./redis-options.ts";

/** Variables by name, as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The backend that the environment describes; it connects when it is first used.
 *
 * | variable | |
 * |---|---|
 * | `REDIS_ENABLED` | `false` opens no connection at all: memory, whatever else is set |
 * | `REDIS_URL` | `redis://user:password@host:port/db`, or `rediss://` for TLS |
 * | `REDIS_HOST`, `REDIS_PORT`, `REDIS_DB`, `REDIS_USERNAME`, `REDIS_PASSWORD`, `REDIS_SSL` | the same in parts, where there is no `REDIS_URL` |
 * | `REDIS_PREFIX` | put before every key |
 * | `REDIS_TIMEOUT_MS` | the longest that an operation may take |
 *
 * Without any of them it is memory.
 *
 * @throws {ConfigurationError} naming the variable that is malformed, never with what is in it.
 */
export function createBackendFromEnv(environment: Environment = globalThis.process?.env ?? {}): KeyValueBackend {
  const enabled = environment["REDIS_ENABLED"]?.trim().toLowerCase() || "true";
  if (!["true", "false", "1", "0"].includes(enabled))
    throw new ConfigurationError("REDIS_ENABLED", "takes true or false");
  if (enabled === "false" || enabled === "0") return createMemoryBackend();

  const redis = readRedisOptions(environment);
  if (redis !== undefined) {
    return createLazyBackend("ioredis", { reach: "shared", push: true, billedPerCommand: false }, async () =>
      (await loadRedis()).createIoredisBackend(redis),
    );
  }
  if (environment["KV_REST_API_URL"]) {
    throw new ConfigurationError(
      "KV_REST_API_URL",
      "REST stores aren't supported yet; set REDIS_URL, or unset it for memory",
    );
  }
  return createMemoryBackend();
}
