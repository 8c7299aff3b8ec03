import { ConfigurationError, createMemoryBackend, type KeyValueBackend } from "@keyward/core";
import { loadRedis } from "#redis-loader";
import { type Environment, readSwitch, readText } from "./environment.ts";
import { createLazyBackend } from "./lazy-backend.ts";
import { readRedisOptions } from "./redis-options.ts";

/**
 * The backend that the environment describes; it connects when it is first used.
 *
 * The first of these that applies:
 *
 * | variable | |
 * |---|---|
 * | `REDIS_ENABLED` | `false` opens no connection at all: memory, whatever else is set |
 * | `REDIS_URL` | `redis://user:password@host:port/db`, or `rediss://` for TLS |
 * | `REDIS_CLUSTER_NODES` | some nodes of a Cluster, `host-1:6379,host-2:6379`; the others are found through them |
 * | `REDIS_HOST`, `REDIS_PORT`, `REDIS_DB` | a single server |
 *
 * With a host or nodes go `REDIS_USERNAME`, `REDIS_PASSWORD` and `REDIS_SSL=true`; with all of them `REDIS_PREFIX`, which
 * stands before every key, and `REDIS_TIMEOUT_MS`, the longest that an operation may take. Without any of them it is
 * memory.
 *
 * @param environment what to read instead of `process.env`, where a runtime hands variables to its handlers.
 * @throws {ConfigurationError} naming the variable that is malformed or missing, never with what is in one.
 * @example
 * ```ts
 * const backend = createBackendFromEnv();
 * ```
 */
export function createBackendFromEnv(environment: Environment = globalThis.process?.env ?? {}): KeyValueBackend {
  if (readSwitch(environment, "REDIS_ENABLED") === false) return createMemoryBackend();
  const redis = readRedisOptions(environment);
  if (redis !== undefined) {
    return createLazyBackend("ioredis", { reach: "shared", push: true, billedPerCommand: false }, async () =>
      (await loadRedis()).createIoredisBackend(redis),
    );
  }
  refuseRest(environment);
  return createMemoryBackend();
}

/** A store that is asked for and can't be had: memory in its place would be a surprise. */
function refuseRest(environment: Environment): void {
  for (const name of ["KV_REST_API_URL", "KV_REST_API_TOKEN"] as const) {
    if (readText(environment, name) === undefined) continue;
    throw new ConfigurationError(
      name,
      "stores over REST aren't supported; set REDIS_URL to the store's Redis address, or REDIS_ENABLED=false for memory",
    );
  }
}
