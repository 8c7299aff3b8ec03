import { createCounter, createMappingStore, type KeyValueBackend, type MappingStore } from "@keyward/core";
import {
  askServer,
  type RedisCluster,
  type RedisServer,
  startRedis,
  startRedisCluster,
  until,
} from "@keyward/test-kit";
import { afterEach, describe, expect, it } from "vitest";
import { hashSlot } from "./hash-slot.ts";
import { createIoredisBackend } from "./ioredis-backend.ts";

/** Whoever runs this may be slow: not the deadline is in question. */
const patient = { timeoutMs: 10_000 };
const leastGap = 1_000;
const scope = "numbered";

const opened: { backend?: KeyValueBackend; store?: RedisServer | RedisCluster } = {};
afterEach(async () => {
  await opened.backend?.close();
  await opened.store?.stop();
});

const hosts = (values: readonly string[]) => values.map((value) => ({ type: "HOST", value }));
const named = (prefix: string, count: number) => Array.from({ length: count }, (_, place) => `${prefix}${place}`);
const oneTo = (last: number) => Array.from({ length: last }, (_, place) => place + 1);

/** What was given out, by number: whoever gets a number that somebody else has had fails the test. */
class GivenOut {
  readonly #originals = new Map<number, string>();

  get highest(): number {
    return Math.max(0, ...this.#originals.keys());
  }

  /** @returns the numbers, in the order of the values */
  async assign(store: MappingStore, values: readonly string[], options = patient): Promise<number[]> {
    const { assigned } = await store.assign(hosts(values), options);
    for (const [place, { number }] of assigned.entries()) {
      const original = values[place] as string;
      expect(this.#originals.get(number) ?? original, `number ${number}`).toBe(original);
      this.#originals.set(number, original);
    }
    return assigned.map(({ number }) => number);
  }
}

describe("a call as large as it may be", () => {
  it("finds, writes and removes all its fields, however many commands they take", async () => {
    const server = await startRedis();
    opened.store = server;
    const backend = createIoredisBackend({ url: server.url });
    opened.backend = backend;
    const store = createMappingStore({ backend, scope, indexes: ["old", "new"] });
    const entries = named("host", 1_000).map((value) => ({ type: "HOST", value, ids: [value, `${value}-anew`] }));
    const references = oneTo(1_000).map((number) => ({ type: "HOST", number }));

    const first = await store.assign(entries, patient);
    expect(first.assigned).toEqual(oneTo(1_000).map((number) => ({ number, isNew: true })));
    const again = await store.assign(entries, patient);
    expect(again.assigned).toEqual(oneTo(1_000).map((number) => ({ number, isNew: false })));
    expect((await store.resolve(references, patient)).values).toEqual(entries.map(({ value }) => value));
    expect((await store.forget({ entries }, patient)).forgotten).toBe(1_000);
    expect((await store.resolve(references, patient)).values).toEqual(entries.map(() => null));
  });
});

describe("numbers on a server with an append-only file", () => {
  it("are kept over a restart, and the next ones skip a thousand, a counter's too, and never repeat", async () => {
    const server = await startRedis({ appendOnly: true });
    opened.store = server;
    const backend = createIoredisBackend({ url: server.url });
    opened.backend = backend;
    const store = createMappingStore({ backend, scope, ttl: "1d" });
    const counter = createCounter({ backend });
    const given = new GivenOut();
    expect(await given.assign(store, named("before", 20))).toEqual(oneTo(20));

    for (const kill of ["SIGTERM", "SIGKILL"] as const) {
      const before = given.highest;
      const { last } = await counter.block("invoice", 700, patient);
      await server.restart({ kill });
      expect(await counter.next("invoice", patient), "twice what was taken at once").toBeGreaterThan(last + 1_400);
      expect(await given.assign(store, named("before", 20))).toEqual(oneTo(20));
      const numbers = await given.assign(store, named(`after ${kill} `, 20));
      expect(Math.min(...numbers)).toBe(before + leastGap + 1);
      expect(Math.max(...numbers)).toBe(before + leastGap + 20);
    }
    expect((await store.resolve([{ type: "HOST", number: 7 }], patient)).values).toEqual(["before6"]);
    expect(await store.highest(patient)).toEqual(new Map([["HOST", given.highest]]));
  });
});

describe("numbers on a Cluster whose master is killed", () => {
  it("are never given out twice by the replica that takes over, whatever it has missed", async () => {
    const cluster = await startRedisCluster({ appendOnly: false });
    opened.store = cluster;
    const backend = createIoredisBackend({ cluster: { nodes: cluster.nodes } });
    opened.backend = backend;
    await backend.ping(patient);
    const store = createMappingStore({ backend, scope, ttl: "1d" });
    const given = new GivenOut();
    const slot = hashSlot(`{${scope}}`);
    const victim = await cluster.masterOf(slot);
    await given.assign(store, named("before", 200));
    await askServer(victim.options, "WAIT", "1", "5000");
    const replicated = given.highest;

    // From here on the replica hears nothing of what the master confirms: it is cut off and can't come back.
    const replica = await replicaOf(cluster, victim);
    replica.freeze();
    await askServer(victim.options, "CLIENT", "KILL", "TYPE", "replica");
    await given.assign(store, named("unheard", 50));
    expect(given.highest).toBe(replicated + 50);
    const inFlight = named("in flight", 5).map((value) => given.assign(store, [value], { timeoutMs: 500 }));
    await victim.kill("SIGKILL");
    replica.thaw();
    await Promise.allSettled(inFlight);
    const latest = given.highest;

    await until("the replica has taken over", () =>
      given.assign(store, ["after"], { timeoutMs: 1_000 }).then(() => true),
    );
    await until("the others know", async () => (await cluster.masterOf(slot)) === replica);
    const numbers = await given.assign(store, ["after", ...named("later", 50)]);
    expect(Math.min(...numbers)).toBeGreaterThan(Math.max(latest, replicated + leastGap));
    const lost = await store.resolve([{ type: "HOST", number: replicated + 1 }], patient);
    expect(lost.values, "the master's last words died with it").toEqual([null]);
    // What the replica knew is still there, under the same numbers.
    expect(await given.assign(store, named("before", 200))).toEqual(oneTo(200));
  });
});

async function replicaOf({ servers }: RedisCluster, master: RedisServer): Promise<RedisServer> {
  for (const server of servers) {
    const role = (await askServer(server.options, "ROLE")) as unknown[];
    if (role[0] === "slave" && role[2] === master.port) return server;
  }
  throw new Error("the master has no replica");
}
