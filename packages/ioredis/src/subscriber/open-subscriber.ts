import type { Connection } from "../client/connection.ts";
import { type ClusterClient, duplicateRedis, type IoredisClient } from "../client/ioredis-client.ts";
import { safeRedisOptions } from "../client/safe-options.ts";

/** A connection for published messages only. It is replaced rather than repaired, on a Cluster by one to another node. */
const subscriberOptions = {
  ...safeRedisOptions(),
  retryStrategy: null,
  autoResubscribe: false,
  reconnectOnError: null,
};

/** As much of a client as subscriptions use. */
export interface SubscriberClient extends IoredisClient {
  subscribe(...channels: string[]): Promise<unknown>;
  unsubscribe(...channels: string[]): Promise<unknown>;
  ping(): Promise<unknown>;
}

/** Makes a client for subscriptions, not yet connected. In a Cluster any node will do, since each passes on every message. */
export function openSubscriber({ client, isCluster }: Connection): SubscriberClient {
  const nodes = isCluster ? (client as ClusterClient).nodes("all") : [client];
  const node = nodes[Math.floor(Math.random() * nodes.length)] ?? client;
  return duplicateRedis(node, subscriberOptions) as SubscriberClient;
}
