import type { Connection } from "../client/connection.ts";
import { type ClusterClient, duplicateRedis, type IoredisClient } from "../client/ioredis-client.ts";
import { safeRedisOptions } from "../client/safe-options.ts";

/** A connection that says nothing but what was published. Made anew rather than repaired, on a Cluster at another node. */
const subscriberOptions = {
  ...safeRedisOptions(),
  retryStrategy: null,
  autoResubscribe: false,
  reconnectOnError: null,
};

/** What the subscriptions need of a client. */
export interface SubscriberClient extends IoredisClient {
  subscribe(...channels: string[]): Promise<unknown>;
  unsubscribe(...channels: string[]): Promise<unknown>;
  ping(): Promise<unknown>;
}

/** Another client for subscriptions, not yet connected. In a Cluster every node passes on every message. */
export function openSubscriber({ client, isCluster }: Connection): SubscriberClient {
  const nodes = isCluster ? (client as ClusterClient).nodes("all") : [client];
  const node = nodes[Math.floor(Math.random() * nodes.length)] ?? client;
  return duplicateRedis(node, subscriberOptions) as SubscriberClient;
}
