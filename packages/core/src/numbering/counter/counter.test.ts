import { expect, it } from "vitest";
import { createMemoryBackend } from "../../memory/memory-backend.ts";
import { tamper } from "../fixtures/tamper.ts";
import { createCounter } from "./counter.ts";

it("counts each name from 1", async () => {
  const counter = createCounter({ backend: createMemoryBackend() });
  expect([await counter.next("a"), await counter.next("a"), await counter.next("b")]).toEqual([1, 2, 1]);
});

it("takes a block in one step", async () => {
  const counter = createCounter({ backend: createMemoryBackend() });
  expect(await counter.block("a", 100)).toEqual({ first: 1, last: 100 });
  expect(await counter.next("a")).toBe(101);
});

it("continues after the numbers of other instances, and separately from other namespaces", async () => {
  const backend = createMemoryBackend();
  const numbers = await Promise.all(Array.from({ length: 50 }, () => createCounter({ backend }).next("a")));
  expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, place) => place + 1));
  expect(await createCounter({ backend, namespace: "invoices" }).next("a")).toBe(1);
});

it("leaves out at least a thousand numbers when the server has changed", async () => {
  let serverId = "first";
  const counter = createCounter({ backend: createMemoryBackend({ serverId: () => serverId, now: () => 0 }) });
  await counter.block("a", 700);
  serverId = "second";
  expect(await counter.next("a")).toBe(2_101);
  serverId = "third";
  expect(await counter.next("a")).toBe(2_101 + 1_000 + 1);
});

it("leaves out twice as many as the latest two windows of two seconds gave out, one by one or in blocks", async () => {
  let serverId = "first";
  let now = 10_000;
  const counter = createCounter({ backend: createMemoryBackend({ serverId: () => serverId, now: () => now }) });
  for (let taken = 0; taken < 1_200; taken += 100) await counter.block("a", 100);
  now += 2_000;
  for (let taken = 0; taken < 900; taken += 100) await counter.block("a", 100);
  serverId = "second";
  expect(await counter.next("a")).toBe(2_100 + 2 * 2_100 + 1);
  now += 4_000;
  await counter.block("a", 2_000);
  now += 10_000;
  await counter.block("a", 600);
  serverId = "third";
  const highest = 6_301 + 2_000 + 600;
  expect(await counter.next("a")).toBe(highest + 2 * (highest - 8_000) + 1);
});

it("ends at 2^53 - 1 with an error that says so", async () => {
  const backend = createMemoryBackend();
  const counter = createCounter({ backend });
  const key = "keyward:counters:{a}:n";
  await tamper(backend, key, (store) => store.hashSet(key, "n:memory", "9007199254740990"));
  await expect(counter.block("a", 2)).rejects.toMatchObject({ code: "NUMBERS_EXHAUSTED" });
  expect(await counter.next("a")).toBe(Number.MAX_SAFE_INTEGER);
  await expect(counter.next("a")).rejects.toMatchObject({ code: "NUMBERS_EXHAUSTED" });
});

it("refuses to continue from content that it can't have written", async () => {
  const backend = createMemoryBackend();
  const key = "keyward:counters:{a}:n";
  await tamper(backend, key, (store) => store.hashSet(key, "highest", "1e3"));
  await expect(createCounter({ backend }).next("a")).rejects.toMatchObject({ code: "MAPPING_CORRUPT" });
});
