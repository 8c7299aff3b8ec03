import { BackendError, type KeyValueBackend, type OperationOptions } from "@keyward/core";
import {
  adminClient,
  askServer,
  increment,
  type RedisCluster,
  type RedisServer,
  startRedisCluster,
  until,
} from "@keyward/test-kit";
import { Cluster as Cluster6 } from "ioredis";
import { Cluster as Cluster5 } from "ioredis-5";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pairing } from "./fixtures/pairing.ts";
import { hashSlot } from "./hash-slot.ts";
import { createIoredisBackend } from "./ioredis-backend.ts";

let cluster: RedisCluster;
let backend: KeyValueBackend;

/** Where the deadline isn't in question. */
const patient = { timeoutMs: 10_000 };

const nodes = () => cluster.nodes.map(({ host, port }) => ({ host, port }));
const ways = [
  { way: "options, ioredis 6", create: () => createIoredisBackend({ cluster: { nodes: nodes() } }) },
  {
    way: "a client of ioredis 6",
    create: () => createIoredisBackend({ client: new Cluster6(nodes(), { lazyConnect: true }) }),
  },
  {
    way: "a client of ioredis 5",
    create: () => createIoredisBackend({ client: new Cluster5(nodes(), { lazyConnect: true }) }),
  },
];

const nodeId = async (server: RedisServer) => String(await askServer(server.options, "CLUSTER", "MYID"));

/** Begins to move a slot: from now on the source redirects what it doesn't hold. */
async function beginMove(slot: number, source: RedisServer, target: RedisServer): Promise<void> {
  await askServer(target.options, "CLUSTER", "SETSLOT", `${slot}`, "IMPORTING", await nodeId(source));
  await askServer(source.options, "CLUSTER", "SETSLOT", `${slot}`, "MIGRATING", await nodeId(target));
}

async function endMove(slot: number, source: RedisServer, target: RedisServer): Promise<void> {
  const id = await nodeId(target);
  await askServer(target.options, "CLUSTER", "SETSLOT", `${slot}`, "NODE", id);
  await askServer(source.options, "CLUSTER", "SETSLOT", `${slot}`, "NODE", id);
}

const moveKey = (key: string, source: RedisServer, target: RedisServer) =>
  askServer(source.options, "MIGRATE", target.host, `${target.port}`, key, "0", "5000");

describe.each(ways)("a Cluster that changes, with $way", ({ create }) => {
  beforeEach(async () => {
    cluster = await startRedisCluster({ appendOnly: false });
    backend = create();
    // Whoever runs this may be slow to connect to six nodes.
    await backend.ping(patient);
  });
  afterEach(async () => {
    await backend.close();
    await cluster.stop();
  });

  it("follows a slot to another node, before, while and after it moves, and applies each step once", async () => {
    const slot = hashSlot("{move}");
    const [first, second] = ["{move}:a", "{move}:b"];
    const source = await cluster.masterOf(slot);
    const target = cluster.servers.slice(0, 3).find((server) => server !== source) as RedisServer;
    expect(await backend.run(pairing, [first, second], {}, patient)).toEqual([1, 1]);

    await beginMove(slot, source, target);
    expect(await backend.run(pairing, [first, second], {}, patient)).toEqual([2, 2]);
    await moveKey(first, source, target);
    expect(await backend.run(increment, [first], { by: 1 }, patient)).toBe(3); // ASK
    const between = backend.run(pairing, [first, second], {}, patient); // TRYAGAIN, on either node
    const inVain = await backend.run(pairing, [first, second], {}, { timeoutMs: 500 }).catch((error: unknown) => error);
    expect(inVain).toBeInstanceOf(BackendError);
    expect(inVain).toMatchObject({ retryable: true });
    await moveKey(second, source, target);
    expect(await between).toEqual([4, 3]); // ASK, and nothing of the one in vain
    await endMove(slot, source, target);
    expect(await backend.run(pairing, [first, second], {}, patient)).toEqual([5, 4]); // MOVED
  });

  it("comes back after a master was killed, and applies nothing twice", async () => {
    const key = "{fail}:n";
    const victim = await cluster.masterOf(hashSlot(key));
    const outcomes = { applied: 0, unknown: 0, notApplied: 0 };
    const step = async (options: OperationOptions = {}) => {
      try {
        await backend.run(increment, [key], { by: 1 }, options);
        outcomes.applied += 1;
        return true;
      } catch (error) {
        if (!(error instanceof BackendError)) throw error;
        outcomes[error.outcome === "unknown" ? "unknown" : "notApplied"] += 1;
        return false;
      }
    };
    for (let index = 0; index < 50; index += 1) expect(await step(patient)).toBe(true);
    // What is acknowledged here is with the replica too before the master dies.
    await askServer(victim.options, "WAIT", "1", "5000");
    const inFlight = Array.from({ length: 20 }, () => step());
    await victim.kill("SIGKILL");
    await Promise.all(inFlight);
    await until("the replica has taken over", () => step());
    for (let index = 0; index < 50; index += 1) expect(await step(patient)).toBe(true);

    const total = Number(await backend.get(key, patient));
    // Replication is asynchronous: what the old master had confirmed last may be lost with it.
    expect(total).toBeLessThanOrEqual(outcomes.applied + outcomes.unknown);
    expect(total).toBeGreaterThanOrEqual(101);
    const promoted = adminClient((await cluster.masterOf(hashSlot(key))).options);
    expect(Number(await promoted.get(key))).toBe(total);
    promoted.disconnect();
  });
});
