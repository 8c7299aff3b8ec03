import { ConfigurationError } from "@keyward/core";
import type { ResolvedOptions } from "../options.ts";
import type { IoredisClient } from "./ioredis-client.ts";
import {
  duplicateSafely,
  needsDuplicate,
  safeClusterOptions,
  safeNodeOptions,
  safeRedisOptions,
} from "./safe-options.ts";

export interface OpenedClient {
  readonly client: IoredisClient;
  /** Whether the backend has made the client, and so may listen to its errors and end it. */
  readonly owned: boolean;
}

/**
 * Makes a client, or takes the one that was passed. Nothing connects before the first command.
 *
 * ioredis is loaded here, on first use, so that an app which never uses the backend doesn't pay for it.
 *
 * @param dedicated never takes a client that was passed, but duplicates it
 */
export async function openClient({ source, timeoutMs }: ResolvedOptions, dedicated: boolean): Promise<OpenedClient> {
  if ("client" in source) {
    const { client, shareConnection = false } = source;
    if (!dedicated && (shareConnection || !needsDuplicate(client))) return { client, owned: false };
    return { client: duplicateSafely(client), owned: true };
  }
  const { Cluster, Redis } = await loadIoredis();
  const connectTimeout = Math.max(2_000, 4 * timeoutMs);
  if ("cluster" in source) {
    const { nodes, options = {} } = source.cluster;
    const redisOptions = { connectTimeout, protocol: 2 as const, ...options.redisOptions, ...safeNodeOptions };
    const client = new Cluster([...nodes], { ...options, ...safeClusterOptions, redisOptions });
    return { client, owned: true };
  }
  // RESP3 has nothing that the backend uses, and costs a round trip with servers that don't speak it.
  const redis = { connectTimeout, protocol: 2 as const, ...source.redis, ...safeRedisOptions() };
  return { client: new Redis(redis), owned: true };
}

async function loadIoredis(): Promise<typeof import("ioredis")> {
  try {
    return await import("ioredis");
  } catch (cause) {
    throw new ConfigurationError("ioredis", "can't be loaded; install it with: npm install ioredis", { cause });
  }
}
