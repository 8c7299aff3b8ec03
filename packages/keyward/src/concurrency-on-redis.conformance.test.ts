import { setTimeout as pause } from "node:timers/promises";
import { createIoredisBackend } from "@keyward/ioredis";
import {
  type ConcurrencyLimiter,
  type ConcurrencyLimiterOptions,
  createConcurrencyLimiter,
  SlotLostError,
} from "@keyward/rate-limiter";
import { adminClient, startRedis, until } from "@keyward/test-kit";
import { describe, expect, it } from "vitest";
import { realStores, type StoreName } from "./fixtures/real-stores.ts";
import { BackendError, type KeyValueBackend } from "./index.ts";

const stores = realStores();

/** On a store that bills commands, who waits asks seldom. */
function billed(backend: KeyValueBackend): KeyValueBackend {
  const capabilities = { ...backend.capabilities, billedPerCommand: true };
  return new Proxy(backend, {
    get(target, name) {
      if (name === "capabilities") return capabilities;
      const member = Reflect.get(target, name, target);
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
}

let names = 0;

/** Instances of one limiter that no other test knows. */
function openFleet(
  backends: readonly KeyValueBackend[],
  options: Omit<ConcurrencyLimiterOptions, "backend" | "name">,
): [ConcurrencyLimiter, ...ConcurrencyLimiter[]] {
  const name = `fleet-${names++}`;
  const [first, ...others] = backends.map((backend) => createConcurrencyLimiter({ ...options, name, backend }));
  return [first as ConcurrencyLimiter, ...others];
}

describe.each<[name: string, one: StoreName, other: StoreName]>([
  ["a single Redis", "Redis", "Redis"],
  ["a Redis Cluster", "Cluster", "Cluster"],
  ["a Redis over REST", "REST", "REST"],
  ["a Redis over TCP and REST at once", "Redis", "REST"],
])("a concurrency limiter on %s", (_name, ...pair) => {
  const openPair = () => pair.map((store) => stores.open(store));

  it("lets no more than the limit run at a time, whoever asks", async () => {
    const fleet = openFleet([...openPair(), ...openPair()], { limit: 3 });
    let running = 0;
    let most = 0;
    const work = Array.from({ length: 60 }, (_, index) =>
      fleet[index % 4]?.run("model", async () => {
        running += 1;
        most = Math.max(most, running);
        await pause(5);
        running -= 1;
      }),
    );
    expect((await Promise.all(work)).every((result) => result?.acquired)).toBe(true);
    expect(most).toBe(3);
    expect(await fleet[0].peek("model")).toEqual({ limit: 3, held: 0, waiting: 0 });
  });

  it("gives slots in the order of asking, to those who wait on two instances", async () => {
    const fleet = openFleet(openPair(), { limit: 2 });
    const holders = await Promise.all(fleet.map((limiter) => limiter.acquire("model")));
    const order: number[] = [];
    const waiting: Promise<unknown>[] = [];
    for (let index = 0; index < 24; index += 1) {
      const limiter = fleet[index % 2] as ConcurrencyLimiter;
      waiting.push(limiter.run("model", async () => order.push(index)));
      await until("it stands in the queue", async () => (await limiter.peek("model")).waiting === index + 1, {
        everyMs: 2,
      });
    }
    // One slot only, so that who comes first is who is told first.
    for (const holder of holders.slice(1)) if (holder.acquired) await holder.release();
    await Promise.all(waiting);
    expect(order).toEqual(waiting.map((_, index) => index));
  });

  it("calls who waits on another instance as soon as a slot is free", async () => {
    const [one, other] = openFleet(openPair().map(billed), { limit: 1 }) as [ConcurrencyLimiter, ConcurrencyLimiter];
    const holder = await one.acquire("model");
    const waiting = other.acquire("model");
    // By then it is subscribed, and asks by itself no sooner than after two and a half seconds.
    await pause(500);
    const releasedAt = performance.now();
    if (holder.acquired) await holder.release();
    expect((await waiting).acquired).toBe(true);
    expect(performance.now() - releasedAt).toBeLessThan(1_900);
  });

  it("keeps a slot far beyond its lease while it is held, and frees it by its lease when its holder is gone", async () => {
    const backends = openPair();
    const [limiter, other] = openFleet(backends, { limit: 1, lease: "1s" }) as [ConcurrencyLimiter, ConcurrencyLimiter];
    const slot = await limiter.acquire("model");
    await pause(1_500);
    expect(slot.acquired && slot.signal.aborted).toBe(false);
    expect((await other.acquire("model", { maxWait: 0 })).acquired).toBe(false);
    await backends[0]?.close();
    expect((await other.acquire("model", { maxWait: "10s" })).acquired).toBe(true);
    expect(slot.acquired && SlotLostError.is(slot.signal.reason)).toBe(true);
  });
});

describe("what a concurrency limiter leaves in Redis", () => {
  it("holds no key in the clear, and is gone when nobody holds or waits", async () => {
    const limiter = createConcurrencyLimiter({ limit: 1, backend: stores.open("Redis", "clean:") });
    const slot = await limiter.acquire("kim@example.co.kr");
    const client = adminClient(stores.server.options);
    const names = await client.keys("clean:*");
    const stored = await Promise.all(
      names.map(async (name) => [name, await client.get(name), await client.pttl(name)]),
    );
    expect(JSON.stringify(stored)).not.toMatch(/kim|example/);
    expect(stored).toHaveLength(1);
    expect(Number(stored[0]?.[2])).toBeGreaterThan(0);
    if (slot.acquired) await slot.release();
    expect(await client.exists(...names)).toBe(0);
    client.disconnect();
  });
});

describe("a concurrency limiter on a Redis that freezes", () => {
  it("fails by the deadline, stops the work before its lease ends, and gives out no more than the limit after it", async () => {
    const frozen = await startRedis();
    const backend = createIoredisBackend({ url: frozen.url, timeoutMs: 200 });
    const limiter = createConcurrencyLimiter({ limit: 1, lease: "2s", backend });
    try {
      const askedAt = performance.now();
      const slot = await limiter.acquire("model");
      frozen.freeze();
      const failedAt = performance.now();
      await expect(limiter.acquire("model")).rejects.toThrow(BackendError);
      expect(performance.now() - failedAt).toBeLessThan(1_000);
      await until("the work is stopped", () => slot.acquired && slot.signal.aborted, { everyMs: 5 });
      expect(performance.now() - askedAt).toBeLessThan(2_000);
      frozen.thaw();
      // What was sent to the frozen server runs now: a slot taken by nobody must not stay.
      await until("the store is used again", () => limiter.peek("model").then(() => true));
      await until("all is free", async () => (await limiter.peek("model")).held === 0);
      expect((await limiter.acquire("model")).acquired).toBe(true);
    } finally {
      frozen.thaw();
      await backend.close();
      await frozen.stop();
    }
  });
});
