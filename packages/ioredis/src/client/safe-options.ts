import { backoffDelay } from "@keyward/core";
import { duplicateCluster, duplicateRedis, type IoredisClient, isClusterClient } from "./ioredis-client.ts";

/** Waits between two attempts to connect: 25 ms at first, about a second at most. */
export function reconnectDelay(attempt: number): number {
  return backoffDelay(attempt, 25, 1_000);
}

/** What a burst of refusals brings within this time asks for one new connection. */
const burstMs = 100;

/**
 * A master that has become a replica refuses writes for ever: only a new connection finds the new master. One of the
 * refusals under way is enough, as ioredis would end the connection again for each of them.
 */
function createReadOnlyWatch(): (error: Error) => boolean {
  let heardUntil = Number.NEGATIVE_INFINITY;
  return (error) => {
    if (!error.message.startsWith("READONLY") || performance.now() < heardUntil) return false;
    heardUntil = performance.now() + burstMs;
    return true;
  };
}

/**
 * Options under which a connection sends nothing twice: what was written and has no reply when the connection ends is
 * rejected, and no error reply makes ioredis send a command again.
 */
const sendsOnce = {
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  enableAutoPipelining: false,
  stringNumbers: false,
  replyMapping: "legacy",
  readOnly: false,
  lazyConnect: true,
} as const;

/** For a single connection or one through Sentinel. */
export function safeRedisOptions() {
  return {
    ...sendsOnce,
    retryStrategy: reconnectDelay,
    reconnectOnError: createReadOnlyWatch(),
    keepAlive: 30_000,
  } as const;
}

/** For every connection of a Cluster: ioredis drops a lost one and makes another. */
export const safeNodeOptions = { ...sendsOnce, reconnectOnError: null, keepAlive: 30_000 } as const;

/** For the Cluster around them. Its `retryDelayOnFailover`, if not 0, sends what a lost connection left unanswered again. */
export const safeClusterOptions = {
  retryDelayOnFailover: 0,
  clusterNodeRetryStrategy: null,
  clusterRetryStrategy: reconnectDelay,
  scaleReads: "master",
  enableAutoPipelining: false,
  lazyConnect: true,
} as const;

/** Whether a client, left to itself, may send a command twice, or answer in a shape that the backend can't read. */
export function needsDuplicate(client: IoredisClient): boolean {
  const options = client.options as Readonly<Record<string, unknown>>;
  if (!isClusterClient(client)) return resends(options) || options["stringNumbers"] === true;
  const node = (options["redisOptions"] ?? {}) as Readonly<Record<string, unknown>>;
  return (
    Number(options["retryDelayOnFailover"]) > 0 ||
    (typeof options["clusterNodeRetryStrategy"] === "function" && resends(node)) ||
    typeof node["reconnectOnError"] === "function" ||
    options["scaleReads"] !== "master" ||
    node["stringNumbers"] === true
  );
}

function resends(options: Readonly<Record<string, unknown>>): boolean {
  const keepsPending = options["maxRetriesPerRequest"] !== 0 && options["autoResendUnfulfilledCommands"] !== false;
  return keepsPending || typeof options["reconnectOnError"] === "function";
}

/** A client to the same place that sends nothing twice; connects on first use. */
export function duplicateSafely(client: IoredisClient): IoredisClient {
  if (!isClusterClient(client)) return duplicateRedis(client, safeRedisOptions());
  // Merged here: version 5 would replace them, the password too.
  const { redisOptions } = client.options as { readonly redisOptions?: object };
  return duplicateCluster(client, { ...safeClusterOptions, redisOptions: { ...redisOptions, ...safeNodeOptions } });
}
