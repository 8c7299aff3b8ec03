import { until } from "../until.ts";
import { adminClient } from "./admin-client.ts";
import type { RedisServer } from "./start-redis.ts";

const channel = "who-is-there";

/**
 * Waits until a message published at any node of a Cluster reaches every other node.
 *
 * A Cluster that is whole may still lose messages: between two nodes that have just met, Valkey drops the first one together
 * with the connection that it came over, and tells nobody.
 */
export async function untilNodesHearEachOther(servers: readonly RedisServer[]): Promise<void> {
  const nodes = servers.map(({ options }) => {
    const [publisher, listener] = [adminClient(options), adminClient(options)];
    const heard = new Set<string>();
    listener.on("message", (_channel: string, index: string) => heard.add(index));
    return { publisher, listener, heard };
  });
  try {
    await Promise.all(nodes.map(({ listener }) => listener.subscribe(channel)));
    await until("every node hears every other", async () => {
      await Promise.all(nodes.map(({ publisher }, index) => publisher.publish(channel, `${index}`)));
      return nodes.every(({ heard }) => heard.size === nodes.length);
    });
  } finally {
    for (const { publisher, listener } of nodes) {
      publisher.disconnect();
      listener.disconnect();
    }
  }
}
