import type { Redis } from "ioredis";
import { until } from "../until.ts";
import { adminClient } from "./admin-client.ts";
import { type RedisConnectionOptions, type RedisServer, type RedisServerOptions, startRedis } from "./start-redis.ts";
import { untilNodesHearEachOther } from "./until-nodes-hear-each-other.ts";

const slots = 16_384;

export interface RedisClusterOptions extends Pick<RedisServerOptions, "appendOnly" | "password"> {
  /** @default 3 */
  readonly masters?: number;
  /** Replicas of each master. @default 1 */
  readonly replicas?: number;
  /** After how long without an answer a node counts as failed. @default 1000 */
  readonly nodeTimeoutMs?: number;
}

export interface RedisCluster {
  /** Masters first, as they were at the start; a failover may have changed the roles. */
  readonly servers: readonly RedisServer[];
  readonly nodes: readonly RedisConnectionOptions[];
  /**
   * The server that answers for the slot now. While nodes still name one that was killed, waits until they name another.
   */
  masterOf(slot: number): Promise<RedisServer>;
  /** Waits until every running node says that the Cluster is whole. */
  untilWhole(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a real Redis Cluster on loopback, by default three masters with a replica each, and waits until it serves. */
export async function startRedisCluster(options: RedisClusterOptions = {}): Promise<RedisCluster> {
  const { masters = 3, replicas = 1, nodeTimeoutMs = 1_000 } = options;
  const servers = await Promise.all(
    Array.from({ length: masters * (1 + replicas) }, () => startNode(options, nodeTimeoutMs)),
  );
  const cluster: RedisCluster = {
    servers,
    nodes: servers.map((server) => server.options),
    masterOf: (slot) => masterOf(servers, slot),
    untilWhole: () => untilWhole(servers),
    async stop() {
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
  const clients = servers.map((server) => adminClient(server.options));
  try {
    await join(servers, clients, masters);
    return cluster;
  } catch (error) {
    await cluster.stop();
    throw error;
  } finally {
    for (const client of clients) client.disconnect();
  }
}

function startNode(options: RedisClusterOptions, nodeTimeoutMs: number): Promise<RedisServer> {
  return startRedis({
    ...options,
    args: [
      ...["--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf"],
      ...["--cluster-node-timeout", `${nodeTimeoutMs}`, "--repl-diskless-sync-delay", "0"],
    ],
  });
}

async function join(servers: readonly RedisServer[], clients: readonly Redis[], masters: number): Promise<void> {
  const ids = await Promise.all(clients.map(async (client) => String(await client.cluster("MYID"))));
  await Promise.all(
    clients.slice(0, masters).map(async (client, index) => {
      const first = Math.floor((index * slots) / masters);
      const next = Math.floor(((index + 1) * slots) / masters);
      const own = Array.from({ length: next - first }, (_, place) => first + place);
      await client.call("CLUSTER", "SET-CONFIG-EPOCH", `${index + 1}`);
      await client.cluster("ADDSLOTS", ...own);
    }),
  );
  const hub = clients[0] as Redis;
  for (const server of servers.slice(1)) {
    await hub.cluster("MEET", server.host, server.port);
  }
  await until("every node knows every other", async () => {
    const known = await Promise.all(clients.map((client) => clusterInfo(client, "cluster_known_nodes")));
    return known.every((count) => Number(count) === servers.length);
  });
  await Promise.all(
    clients.slice(masters).map((client, index) =>
      // A node may learn of the master's id a moment after it has learnt of the node.
      until("the replica follows", async () => {
        await client.call("CLUSTER", "REPLICATE", ids[index % masters] as string);
        return true;
      }),
    ),
  );
  await untilWhole(servers);
  await until("every replica is in step", async () => {
    const replications = await Promise.all(clients.slice(masters).map((client) => client.info("replication")));
    return replications.every((text) => text.includes("master_link_status:up"));
  });
  await untilNodesHearEachOther(servers);
}

async function clusterInfo(client: Redis, field: string): Promise<string | undefined> {
  const text = String(await client.cluster("INFO"));
  return new RegExp(`^${field}:(.*?)\\r?$`, "m").exec(text)?.[1];
}

function isRunning(server: RedisServer): boolean {
  try {
    return server.pid > 0;
  } catch {
    return false;
  }
}

async function untilWhole(servers: readonly RedisServer[]): Promise<void> {
  const clients = servers.filter(isRunning).map((server) => adminClient(server.options));
  try {
    await until("every node says that the Cluster is whole", async () => {
      const states = await Promise.all(clients.map((client) => clusterInfo(client, "cluster_state")));
      return states.every((state) => state === "ok");
    });
  } finally {
    for (const client of clients) client.disconnect();
  }
}

async function masterOf(servers: readonly RedisServer[], slot: number): Promise<RedisServer> {
  let master: RedisServer | undefined;
  await until(`a running node answers for slot ${slot}`, async () => {
    master = await namedMaster(servers, slot);
    return isRunning(master);
  });
  return master as RedisServer;
}

/** According to one node, which may be the last to hear of a failover. */
async function namedMaster(servers: readonly RedisServer[], slot: number): Promise<RedisServer> {
  const witness = servers.find(isRunning);
  if (witness === undefined) throw new Error("no node of the Cluster is running");
  const client = adminClient(witness.options);
  try {
    const ranges = (await client.call("CLUSTER", "SLOTS")) as [number, number, [string, number]][];
    const port = ranges.find(([first, last]) => first <= slot && slot <= last)?.[2][1];
    const server = servers.find((candidate) => candidate.port === port);
    if (server === undefined) throw new Error(`nobody answers for slot ${slot}`);
    return server;
  } finally {
    client.disconnect();
  }
}
