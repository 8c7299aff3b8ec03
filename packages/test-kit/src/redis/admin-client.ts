import { Redis } from "ioredis";
import type { RedisConnectionOptions } from "./start-redis.ts";

/** A connection for the test itself, to set things up, look at keys, and count. Close it with `disconnect`. */
export function adminClient(options: RedisConnectionOptions): Redis {
  const client = new Redis({
    ...options,
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt: number) => Math.min(attempt * 10, 100),
  });
  client.on("error", () => {}); // Each command says so itself.
  return client;
}

/** Breaks the connections of all clients and subscribers, as a server that restarts does. */
export async function disconnectClients(options: RedisConnectionOptions): Promise<void> {
  for (const type of ["normal", "pubsub"]) await askServer(options, "CLIENT", "KILL", "TYPE", type);
}

/** One command on a connection of its own. */
export async function askServer(options: RedisConnectionOptions, ...command: [string, ...string[]]): Promise<unknown> {
  const client = adminClient(options);
  try {
    return await client.call(...command);
  } finally {
    client.disconnect();
  }
}
