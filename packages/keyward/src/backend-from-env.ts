import {
  checkObserver,
  createMemoryBackend,
  endsWithRequest,
  type FallbackBackend,
  type KeyValueBackend,
  withCommandBudget,
  withFallback,
} from "@keyward/core";
import { hasTcp, loadRedis } from "#redis-loader";
import type { BackendFromEnvOptions } from "./backend-from-env-options.ts";
import { type Environment, readEnvironment } from "./environment.ts";
import { createLazyBackend } from "./lazy-backend.ts";
import { shareInstance } from "./shared-instance.ts";
import { readStoreSettings, type StoreSettings } from "./store-settings.ts";
import { loadUpstash } from "./upstash-loader.ts";

/** A store's client is loaded on first use, and its deadlines begin after that. */
const loadingMs = 2_000;

/**
 * The backend that the environment describes, under `withFallback`; it connects when it is first used.
 *
 * The first of these that applies:
 *
 * | variable | |
 * |---|---|
 * | `REDIS_ENABLED=false`, `USE_REDIS=false` | no connection at all: a store that is named is switched off, however badly the rest is set |
 * | `REDIS_URL` | `redis://user:password@host:port/db`, or `rediss://` for TLS |
 * | `REDIS_CLUSTER_NODES` | some nodes of a Cluster, `host-1:6379,host-2:6379`; the others are found through them |
 * | `REDIS_HOST`, `REDIS_PORT`, `REDIS_DB` | a single server |
 * | `KV_REST_API_URL`, `KV_REST_API_TOKEN` | a store over REST; also as `UPSTASH_REDIS_REST_URL`, `UPSTASH_REDIS_REST_TOKEN` |
 * | none of them | memory |
 *
 * Where there is no TCP, as on the edge, a store is reached over REST, whatever else is named. With a host or nodes go
 * `REDIS_USERNAME`, `REDIS_PASSWORD` and `REDIS_SSL=true`; with all of them `REDIS_PREFIX`, which stands before every key,
 * `REDIS_TIMEOUT_MS`, the longest that an operation may take, and `REDIS_COMMANDS_PER_MONTH`, of which the observer is told
 * when 80 %, 95 % and all are used; nothing is refused beyond.
 *
 * One environment has one backend: every call returns the same one, from a reloaded module or the other module format
 * too, until it is closed or a variable changes. `options` of the latest call hold for events.
 *
 * @param environment what to read instead of `process.env`, where a runtime hands variables to its handlers.
 * @throws {ConfigurationError} naming the variable that is malformed, missing or contradicts another, never with what is
 * in one.
 * @example
 * ```ts
 * const backend = createBackendFromEnv();
 * ```
 */
export function createBackendFromEnv(
  environment: Environment | undefined = globalThis.process?.env,
  options: BackendFromEnvOptions = {},
): FallbackBackend {
  checkObserver(options.observer);
  const variables = readEnvironment(environment);
  const settings = readStoreSettings(variables, hasTcp);
  return shareInstance(environment ?? globalThis, variables, options, (following) => {
    const ownTimeoutMs = "options" in settings ? settings.options.timeoutMs : undefined;
    const timeoutMs = ownTimeoutMs === undefined ? {} : { timeoutMs: ownTimeoutMs + loadingMs };
    return withFallback(createPrimary(settings, following), { ...following, ...timeoutMs });
  });
}

function createPrimary(settings: StoreSettings, options: BackendFromEnvOptions): KeyValueBackend | "off" {
  if (settings.kind === "off") return "off";
  if (settings.kind === "memory") return createMemoryBackend();
  const store = createStore(settings);
  const { commandsPerMonth: monthly } = settings;
  return monthly === undefined ? store : withCommandBudget(store, { ...options, monthly });
}

function createStore(settings: Extract<StoreSettings, { kind: "tcp" | "rest" }>): KeyValueBackend {
  switch (settings.kind) {
    case "tcp":
      return createLazyBackend(
        "ioredis",
        { reach: "shared", push: true, billedPerCommand: false, hearsOfReplicas: true },
        async () => (await loadRedis()).createIoredisBackend(settings.options),
      );
    case "rest":
      return createLazyBackend(
        "upstash",
        { reach: "shared", push: !endsWithRequest(), billedPerCommand: true },
        async () => (await loadUpstash()).createUpstashBackend(settings.options),
      );
  }
}
