import { ConfigurationError } from "@keyward/core";
import type { IoredisBackendOptions } from "@keyward/ioredis";
import {
  type Environment,
  type EnvironmentVariable,
  readSwitch,
  readWholeNumber,
  saysAnything,
  saysOff,
} from "./environment.ts";
import { readRedisOptions, readTuning, type StoreTuning } from "./redis-options.ts";
import { type RestOptions, readRestOptions } from "./rest-options.ts";

/** What the environment asks for, once it is known what the runtime can do. */
export type StoreSettings =
  | { readonly kind: "memory" }
  /** There is a store, and it is switched off. */
  | { readonly kind: "off" }
  | (Budget & { readonly kind: "tcp"; readonly options: IoredisBackendOptions })
  | (Budget & { readonly kind: "rest"; readonly options: RestOptions & StoreTuning });

interface Budget {
  /** What the store may be sent in a calendar month; undefined where nobody counts. */
  readonly commandsPerMonth: number | undefined;
}

const switches = ["REDIS_ENABLED", "USE_REDIS"] as const;
const tcpVariables = ["REDIS_URL", "REDIS_CLUSTER_NODES", "REDIS_HOST"] as const;
const restVariables = ["KV_REST_API_URL", "UPSTASH_REDIS_REST_URL"] as const;

/**
 * Reads the environment. A store that can be reached both ways is reached over TCP where there is TCP.
 *
 * A store that is switched off needn't be described well: going back must work when nothing else does.
 *
 * @throws {ConfigurationError} naming the variable that is malformed, missing or contradicts another.
 */
export function readStoreSettings(environment: Environment, hasTcp: boolean): StoreSettings {
  if (switches.some((name) => saysOff(environment, name))) {
    return { kind: firstSet(environment, [...tcpVariables, ...restVariables]) === undefined ? "memory" : "off" };
  }
  const demanding = switches.filter((name) => readSwitch(environment, name))[0];
  const commandsPerMonth = readWholeNumber(environment, "REDIS_COMMANDS_PER_MONTH", 1, 1e12);
  const tcp = readRedisOptions(environment);
  const rest = readRestOptions(environment);
  if (tcp && hasTcp) return { kind: "tcp", options: tcp, commandsPerMonth };
  if (rest) return { kind: "rest", options: { ...readTuning(environment), ...rest }, commandsPerMonth };
  if (tcp) refuseTcp(environment);
  if (demanding !== undefined) {
    throw new ConfigurationError(
      demanding,
      "switches the store on, but none is named; set REDIS_URL, or KV_REST_API_URL and KV_REST_API_TOKEN, or unset this variable",
    );
  }
  return { kind: "memory" };
}

function refuseTcp(environment: Environment): never {
  throw new ConfigurationError(
    firstSet(environment, tcpVariables) ?? "REDIS_URL",
    "names a store over TCP, which this runtime can't reach; set KV_REST_API_URL and KV_REST_API_TOKEN too, or run this on Node",
  );
}

function firstSet(environment: Environment, names: readonly EnvironmentVariable[]): EnvironmentVariable | undefined {
  return names.find((name) => saysAnything(environment, name));
}
