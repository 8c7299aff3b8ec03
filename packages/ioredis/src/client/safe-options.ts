import { backoffDelay, errorReplyCode } from "@keyward/core";
import { duplicateCluster, duplicateRedis, type IoredisClient, isClusterClient } from "./ioredis-client.ts";

/** How long to wait between two attempts to connect: 25 ms at first, about a second at most. */
export function reconnectDelay(attempt: number): number {
  return backoffDelay(attempt, 25, 1_000);
}

/** All refusals within this time ask for one new connection together. */
const burstMs = 100;

/**
 * Asks for a new connection when a master has become a replica, which refuses writes for good: only a new connection finds the
 * new master. It asks once for all refusals that come together, since ioredis would end the connection again for each.
 */
function createReadOnlyWatch(): (error: Error) => boolean {
  let heardUntil = Number.NEGATIVE_INFINITY;
  return (error) => {
    if (errorReplyCode(error.message) !== "READONLY" || performance.now() < heardUntil) return false;
    heardUntil = performance.now() + burstMs;
    return true;
  };
}

/**
 * Options under which a connection sends nothing twice: a command that has no reply when the connection ends is rejected, and
 * no error reply makes ioredis repeat a command.
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

/** For a single connection, also through Sentinel. */
export function safeRedisOptions() {
  return {
    ...sendsOnce,
    retryStrategy: reconnectDelay,
    reconnectOnError: createReadOnlyWatch(),
    keepAlive: 30_000,
  } as const;
}

/** For each connection of a Cluster. ioredis drops a lost one and makes another. */
export const safeNodeOptions = { ...sendsOnce, reconnectOnError: null, keepAlive: 30_000 } as const;

/** For the Cluster around them. Unless it is 0, `retryDelayOnFailover` repeats what a lost connection left unanswered. */
export const safeClusterOptions = {
  retryDelayOnFailover: 0,
  clusterNodeRetryStrategy: null,
  clusterRetryStrategy: reconnectDelay,
  scaleReads: "master",
  enableAutoPipelining: false,
  lazyConnect: true,
} as const;

/** Whether a client, left to itself, might send a command twice or return replies in a shape that the backend can't read. */
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

/** A client of the same server that sends nothing twice. It connects on first use. */
export function duplicateSafely(client: IoredisClient): IoredisClient {
  if (!isClusterClient(client)) return duplicateRedis(client, safeRedisOptions());
  // Merged here, because version 5 would replace them, the password included.
  const { redisOptions } = client.options as { readonly redisOptions?: object };
  return duplicateCluster(client, { ...safeClusterOptions, redisOptions: { ...redisOptions, ...safeNodeOptions } });
}
