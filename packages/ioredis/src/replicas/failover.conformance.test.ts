import { createMappingStore, type KeyValueBackend, type MappingStore } from "@keyward/core";
import {
  askServer,
  increment,
  type RedisCluster,
  type RedisServer,
  type SentinelGroup,
  startRedisCluster,
  startSentinel,
  until,
} from "@keyward/test-kit";
import { afterEach, describe, expect, it } from "vitest";
import { hashSlot } from "../hash-slot.ts";
import { createIoredisBackend } from "../ioredis-backend.ts";

/** Where the deadline isn't in question. */
const patient = { timeoutMs: 10_000 };
const scope = "numbered";

const opened: { backend?: KeyValueBackend; servers?: RedisCluster | SentinelGroup } = {};
afterEach(async () => {
  await opened.backend?.close();
  await opened.servers?.stop();
});

const host = (value: string) => [{ type: "HOST", value }];

/**
 * What callers are told by a master that soon speaks to its replica no more, and then dies. They go on for as long as they
 * are answered, up to some hundred answers that no replica has heard of.
 */
async function numberUntilKilled(
  store: MappingStore,
  { master, replica }: { readonly master: RedisServer; readonly replica: RedisServer },
): Promise<Map<number, string>> {
  const told = new Map<number, string>();
  let last = Number.POSITIVE_INFINITY;
  const callers = Array.from({ length: 4 }, async (_, caller) => {
    for (let count = 0; told.size < last; count += 1) {
      const value = `${caller} ${count}`;
      const result = await store.assign(host(value), { timeoutMs: 500 }).catch(() => undefined);
      if (result === undefined) return;
      told.set(result.assigned[0]?.number as number, value);
    }
  });
  await until("numbers are being given out", () => told.size > 100);
  // Cut off, so that it can't hear later what the master said last.
  replica.freeze();
  await askServer(master.options, "CLIENT", "KILL", "TYPE", "replica");
  last = told.size + 300;
  await Promise.all(callers);
  await master.kill("SIGKILL");
  replica.thaw();
  return told;
}

async function expectAllThere(store: MappingStore, told: ReadonlyMap<number, string>): Promise<void> {
  const references = [...told.keys()].map((number) => ({ type: "HOST", number }));
  const { values } = await store.resolve(references, patient);
  expect(values).toEqual([...told.values()]);
  const [next] = (await store.assign(host("after"), patient)).assigned;
  expect(next?.number).toBeGreaterThan(Math.max(...told.keys()));
}

async function replicaOf(cluster: RedisCluster, master: RedisServer): Promise<RedisServer> {
  for (const server of cluster.servers) {
    const role = (await askServer(server.options, "ROLE")) as unknown[];
    if (role[0] === "slave" && role[2] === master.port) return server;
  }
  throw new Error("the master has no replica");
}

describe("a replica that takes over from a master which died before it could tell all", () => {
  it("has every number that was answered, behind Sentinel", async () => {
    const group = await startSentinel();
    opened.servers = group;
    const backend = createIoredisBackend({ sentinels: group.addresses, name: group.name });
    opened.backend = backend;
    const store = createMappingStore({ backend, scope, replicas: 1 });
    const master = await group.master();
    const replica = group.servers.find((server) => server !== master) as RedisServer;
    const told = await numberUntilKilled(store, { master, replica });
    await until("another master is named", async () => (await group.master()) !== master);
    const survivor = createMappingStore({ backend, scope });
    await until("the new master answers", () => survivor.highest({ timeoutMs: 1_000 }).then(() => true));
    await expectAllThere(survivor, told);
  });

  it("has every number that was answered, in a Cluster", async () => {
    const cluster = await startRedisCluster({ appendOnly: false });
    opened.servers = cluster;
    const backend = createIoredisBackend({ cluster: { nodes: cluster.nodes } });
    opened.backend = backend;
    await backend.ping(patient);
    const store = createMappingStore({ backend, scope, replicas: 1 });
    const master = await cluster.masterOf(hashSlot(`{${scope}}`));
    const told = await numberUntilKilled(store, { master, replica: await replicaOf(cluster, master) });
    const survivor = createMappingStore({ backend, scope });
    await until("the replica has taken over", () => survivor.highest({ timeoutMs: 1_000 }).then(() => true));
    await expectAllThere(survivor, told);
  });
});

describe("a step that waits for replicas while its slot moves", () => {
  const key = "{move}:n";
  const slot = hashSlot(key);
  const waiting = { ...patient, replicas: 1 };

  async function nodeId(server: RedisServer): Promise<string> {
    return String(await askServer(server.options, "CLUSTER", "MYID"));
  }

  it("is acknowledged by a replica of the node where it has run, and of no other", async () => {
    const cluster = await startRedisCluster({ appendOnly: false, nodeTimeoutMs: 60_000 });
    opened.servers = cluster;
    const backend = createIoredisBackend({ cluster: { nodes: cluster.nodes } });
    opened.backend = backend;
    const source = await cluster.masterOf(slot);
    const target = cluster.servers.slice(0, 3).find((server) => server !== source) as RedisServer;
    const [sourceId, targetId] = [await nodeId(source), await nodeId(target)];
    const sourceReplica = await replicaOf(cluster, source);
    const targetReplica = await replicaOf(cluster, target);
    expect(await backend.run(increment, [key], { by: 1 }, waiting)).toBe(1);

    await askServer(target.options, "CLUSTER", "SETSLOT", `${slot}`, "IMPORTING", sourceId);
    await askServer(source.options, "CLUSTER", "SETSLOT", `${slot}`, "MIGRATING", targetId);
    await askServer(source.options, "MIGRATE", target.host, `${target.port}`, key, "0", "5000");
    // A WAIT at the source, which the step is sent to first, would never be answered in time.
    sourceReplica.freeze();
    await askServer(source.options, "SET", `{${await keyAt(cluster, source)}}`, "unheard");
    const asked = await backend.run(increment, [key], { by: 1 }, { timeoutMs: 1_000, replicas: 1 });
    expect(asked).toBe(2); // ASK
    sourceReplica.thaw();

    targetReplica.freeze();
    const unheard = backend.run(increment, [key], { by: 1 }, { timeoutMs: 500, replicas: 1 });
    await expect(unheard).rejects.toMatchObject({ code: "BACKEND_TIMEOUT", outcome: "unknown" });
    targetReplica.thaw();
    expect(await backend.run(increment, [key], { by: 1 }, waiting)).toBe(4);

    for (const server of [target, source]) {
      await askServer(server.options, "CLUSTER", "SETSLOT", `${slot}`, "NODE", targetId);
    }
    targetReplica.freeze();
    const moved = backend.run(increment, [key], { by: 1 }, { timeoutMs: 500, replicas: 1 }); // MOVED
    await expect(moved).rejects.toMatchObject({ code: "BACKEND_TIMEOUT", outcome: "unknown" });
    targetReplica.thaw();
    expect(await backend.run(increment, [key], { by: 1 }, waiting)).toBe(6);
  });

  /** A hash tag whose slot the server answers for. */
  async function keyAt(cluster: RedisCluster, server: RedisServer): Promise<string> {
    for (let count = 0; ; count += 1) {
      const tag = `tag ${count}`;
      if (hashSlot(`{${tag}}`) !== slot && (await cluster.masterOf(hashSlot(`{${tag}}`))) === server) return tag;
    }
  }
});
