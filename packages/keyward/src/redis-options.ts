import { ConfigurationError } from "@keyward/core";
import type { ClusterSource, HostSource, IoredisBackendOptions } from "@keyward/ioredis";
import {
  type Environment,
  type EnvironmentVariable,
  readAsIs,
  readSwitch,
  readText,
  readWholeNumber,
} from "./environment.ts";
import { readClusterNodes, readUrl } from "./redis-address.ts";

/**
 * What the `REDIS_...` variables say; undefined where they name no server.
 *
 * Beside `REDIS_URL` the parts aren't read: Kubernetes sets `REDIS_PORT` by itself, to a URL, for a service named redis.
 *
 * @throws {ConfigurationError} naming the variable that is malformed or missing, never with what is in one.
 */
export function readRedisOptions(environment: Environment): IoredisBackendOptions | undefined {
  const shared = readTuning(environment);
  const url = readUrl(environment);
  const nodes = readClusterNodes(environment);
  if (url !== undefined && nodes !== undefined) {
    throw new ConfigurationError("REDIS_CLUSTER_NODES", "can't be combined with REDIS_URL; unset one of them");
  }
  if (url !== undefined) return { ...shared, url };
  if (nodes !== undefined) return { ...shared, cluster: readCluster(environment, nodes) };
  const host = readText(environment, "REDIS_HOST");
  if (host !== undefined) return { ...shared, ...readHost(environment, host) };
  refuseOrphans(environment);
  return undefined;
}

/** What holds for a store however it is reached. */
export interface StoreTuning {
  readonly prefix?: string;
  readonly timeoutMs?: number;
}

export function readTuning(environment: Environment): StoreTuning {
  const prefix = readText(environment, "REDIS_PREFIX");
  if (prefix !== undefined && /[{}]/.test(prefix)) throw new ConfigurationError("REDIS_PREFIX", "must not hold { or }");
  const timeoutMs = readWholeNumber(environment, "REDIS_TIMEOUT_MS", 1, 600_000);
  return { ...(prefix !== undefined && { prefix }), ...(timeoutMs !== undefined && { timeoutMs }) };
}

function readHost(environment: Environment, host: string): HostSource {
  if (isServiceLink(readText(environment, "REDIS_PORT"))) {
    throw new ConfigurationError(
      "REDIS_PORT",
      "contains an address, as Kubernetes sets it for a service named redis; set the port or REDIS_URL yourself, or set enableServiceLinks: false",
    );
  }
  const port = readWholeNumber(environment, "REDIS_PORT", 1, 65_535);
  const db = readWholeNumber(environment, "REDIS_DB", 0, 1_000_000);
  const tls = readSwitch(environment, "REDIS_SSL") ? { tls: {} } : {};
  return {
    host,
    ...(port !== undefined && { port }),
    ...(db !== undefined && { db }),
    ...readCredentials(environment),
    ...tls,
  };
}

function readCluster(environment: Environment, nodes: ClusterSource["cluster"]["nodes"]): ClusterSource["cluster"] {
  if (readWholeNumber(environment, "REDIS_DB", 0, 1_000_000)) {
    throw new ConfigurationError("REDIS_DB", "must be 0 or unset, because a Cluster has only one database");
  }
  const credentials = readCredentials(environment);
  if (!readSwitch(environment, "REDIS_SSL")) return { nodes, options: { redisOptions: credentials } };
  // By name and not by the address behind it: certificates are made out to names.
  const dnsLookup = (name: string, found: (error: null, address: string) => void) => found(null, name);
  return { nodes, options: { dnsLookup, redisOptions: { ...credentials, tls: {} } } };
}

function readCredentials(environment: Environment): { username?: string; password?: string } {
  const username = readText(environment, "REDIS_USERNAME");
  const password = readAsIs(environment, "REDIS_PASSWORD");
  return { ...(username !== undefined && { username }), ...(password !== undefined && { password }) };
}

/** Parts of a server without its name: memory would be a surprise that shows only as two instances that disagree. */
function refuseOrphans(environment: Environment): void {
  const parts = ["REDIS_PORT", "REDIS_DB", "REDIS_USERNAME", "REDIS_PASSWORD", "REDIS_SSL"] as const;
  const orphan = parts.find((name) => saysSomething(name, readText(environment, name)));
  if (orphan === undefined) return;
  throw new ConfigurationError(
    "REDIS_HOST",
    `is missing, but ${orphan} is set; name the server, or set REDIS_ENABLED=false to use memory`,
  );
}

function saysSomething(name: EnvironmentVariable, text: string | undefined): boolean {
  return text !== undefined && !(name === "REDIS_PORT" && isServiceLink(text));
}

/** `tcp://10.0.0.11:6379`: set by Kubernetes, and not by anybody who means this app. */
function isServiceLink(text: string | undefined): boolean {
  return text?.startsWith("tcp://") === true;
}
