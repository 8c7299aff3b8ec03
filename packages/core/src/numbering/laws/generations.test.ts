import { expect, it } from "vitest";
import { createMemoryBackend } from "../../memory/memory-backend.ts";
import { counters, generationA, generationB, readHash } from "../fixtures/tamper.ts";
import { createMappingStore } from "../mapping-store.ts";

const hosts = (...values: string[]) => values.map((value) => ({ type: "HOST", value }));

function openAt(start: number, ttl: number | "forever" = 1_000) {
  let now = start;
  const backend = createMemoryBackend({ now: () => now });
  const open = (other: number | "forever") => createMappingStore({ backend, scope: "s", ttl: other });
  return { backend, open, store: open(ttl), wait: (ms: number) => (now += ms) };
}

it("keeps an unused mapping for at least one ttl", async () => {
  const { store, wait } = openAt(10_000);
  await store.assign(hosts("first"));
  wait(999);
  const { remainingMs } = await store.assign(hosts("late"));
  expect(remainingMs).toBe(1_001);
  wait(1_000);
  expect((await store.resolve([{ type: "HOST", number: 2 }])).values).toEqual(["late"]);
});

it("keeps an unused mapping for at most two ttls", async () => {
  const { store, wait } = openAt(10_000);
  await store.assign(hosts("a"));
  wait(1_000);
  await store.assign(hosts("keeps the scope busy"));
  wait(1_000);
  const { values } = await store.resolve([
    { type: "HOST", number: 1 },
    { type: "HOST", number: 2 },
  ]);
  expect(values).toEqual([null, "keeps the scope busy"]);
  expect((await store.assign(hosts("a"))).assigned).toEqual([{ number: 3, isNew: true }]);
});

it("copies what is found in the older generation to the newest, in both directions", async () => {
  const { store, wait } = openAt(10_000);
  await store.assign(hosts("a", "b", "c"));
  wait(1_000);
  expect((await store.assign(hosts("a"))).assigned).toEqual([{ number: 1, isNew: false }]);
  expect((await store.resolve([{ type: "HOST", number: 2 }])).values).toEqual(["b"]);
  wait(1_000);
  const { values } = await store.resolve([1, 2, 3].map((number) => ({ type: "HOST", number })));
  expect(values).toEqual(["a", "b", null]);
  expect((await store.assign(hosts("b", "a"))).assigned.map(({ number }) => number)).toEqual([2, 1]);
});

it("lets an idle scope expire, except for its counters", async () => {
  const { backend, store, wait } = openAt(10_000);
  await store.assign(hosts("a"));
  wait(2_000);
  expect([await readHash(backend, generationA), await readHash(backend, generationB)]).toEqual([new Map(), new Map()]);
  expect((await readHash(backend, counters)).get("HOST")).toBe("1");
  expect((await store.assign(hosts("a"))).assigned).toEqual([{ number: 2, isNew: true }]);
});

it("says how long mappings are sure to live: less as the generation ages, and null for ever", async () => {
  const { store, wait } = openAt(10_000);
  expect((await store.assign(hosts("a"))).remainingMs).toBe(2_000);
  wait(400);
  expect((await store.resolve([{ type: "HOST", number: 1 }])).remainingMs).toBe(1_600);
  expect((await openAt(10_000, "forever").store.assign(hosts("a"))).remainingMs).toBeNull();
});

it("never lets a scope expire that is kept for ever", async () => {
  const { store, wait } = openAt(10_000, "forever");
  await store.assign(hosts("a"));
  wait(100 * 365 * 86_400_000);
  expect((await store.assign(hosts("a"))).assigned).toEqual([{ number: 1, isNew: false }]);
});

it("applies a shorter ttl at once, and keeps what is there for one more ttl", async () => {
  const { open, store, wait } = openAt(10_000, "forever");
  await store.assign(hosts("a", "b"));
  wait(5_000);
  const shorter = open(1_000);
  await shorter.assign(hosts("a"));
  wait(999);
  expect((await shorter.resolve([{ type: "HOST", number: 2 }])).values).toEqual(["b"]);
  wait(2_001);
  expect((await shorter.resolve([{ type: "HOST", number: 2 }])).values).toEqual([null]);
});

it("applies a longer ttl from the next generation on", async () => {
  const { open, store, wait } = openAt(10_000);
  await store.assign(hosts("a", "b"));
  wait(1_000);
  const longer = open("forever");
  await longer.assign(hosts("a"));
  wait(50_000);
  const { values } = await longer.resolve([
    { type: "HOST", number: 1 },
    { type: "HOST", number: 2 },
  ]);
  expect(values).toEqual(["a", null]);
});
