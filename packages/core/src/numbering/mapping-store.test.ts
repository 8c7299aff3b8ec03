import { describe, expect, it, vi } from "vitest";
import { createMemoryBackend } from "../memory/memory-backend.ts";
import { generationA, tamper } from "./fixtures/tamper.ts";
import type { MappingStoreOptions } from "./mapping-options.ts";
import { createMappingStore } from "./mapping-store.ts";

function openStore(options: Partial<MappingStoreOptions> = {}) {
  return createMappingStore({ backend: createMemoryBackend(), scope: "s", ...options });
}

const hosts = (...values: string[]) => values.map((value) => ({ type: "HOST", value }));
const numbersOf = ({ assigned }: { assigned: readonly { number: number }[] }) => assigned.map(({ number }) => number);

describe("assign", () => {
  it("numbers each type from 1, in the order of the entries", async () => {
    const { assigned, remainingMs } = await openStore().assign([...hosts("a", "b", "a"), { type: "USER", value: "a" }]);
    expect(assigned).toEqual([
      { number: 1, isNew: true },
      { number: 2, isNew: true },
      { number: 1, isNew: false },
      { number: 1, isNew: true },
    ]);
    expect(remainingMs).toBeNull();
  });

  it("returns the number that a known original has", async () => {
    const store = openStore();
    await store.assign(hosts("a", "b"));
    const { assigned } = await store.assign(hosts("c", "b"));
    expect(assigned).toEqual([
      { number: 3, isNew: true },
      { number: 2, isNew: false },
    ]);
  });

  it("gives the same numbers on every instance, and others in every scope", async () => {
    const backend = createMemoryBackend();
    await openStore({ backend }).assign(hosts("a", "b"));
    expect(numbersOf(await openStore({ backend }).assign(hosts("b")))).toEqual([2]);
    expect(numbersOf(await openStore({ backend, scope: "t" }).assign(hosts("b")))).toEqual([1]);
    expect(numbersOf(await openStore({ backend, namespace: "others" }).assign(hosts("b")))).toEqual([1]);
  });

  it("finds an original by its ids, whatever value the entry brings, and keeps the stored value", async () => {
    const store = openStore();
    await store.assign([{ type: "HOST", value: "sealed once", ids: ["a"] }]);
    const again = await store.assign([{ type: "HOST", value: "sealed twice", ids: ["a"] }]);
    expect(again.assigned).toEqual([{ number: 1, isNew: false }]);
    expect((await store.resolve([{ type: "HOST", number: 1 }])).values).toEqual(["sealed once"]);
  });

  it("doesn't ask the store if there are no entries", async () => {
    expect(await openStore().assign([])).toEqual({ epoch: 0, born: 0, remainingMs: null, assigned: [] });
  });

  it("distinguishes values that look alike once normalised, encoded or packed", async () => {
    const store = openStore();
    const values = ["é", "e\u0301", "a|b", "a", "|", ",", ":", "\u0000", "0:a|b", "\ud83d\ude00", "%E9", ""];
    expect(numbersOf(await store.assign(hosts(...values)))).toEqual(values.map((_, place) => place + 1));
    const references = values.map((_, place) => ({ type: "HOST", number: place + 1 }));
    expect((await store.resolve(references)).values).toEqual(values);
  });
});

describe("replace", () => {
  const sealed = (value: string, ...ids: string[]) => ids.map((id) => ({ type: "HOST", value, ids: [id] }));
  const upTo = (last: number) => Array.from({ length: last }, (_, place) => ({ type: "HOST", number: place + 1 }));

  it("replaces the stored value, under the same number", async () => {
    const store = openStore();
    await store.assign(sealed("once", "a", "b"));
    const { numbers, remainingMs } = await store.replace(sealed("twice", "b"));
    expect({ numbers, remainingMs }).toEqual({ numbers: [2], remainingMs: null });
    expect((await store.resolve(upTo(2))).values).toEqual(["once", "twice"]);
  });

  it("makes no mapping and uses no number, alone or beside a known entry", async () => {
    const store = openStore();
    await store.assign(sealed("once", "a", "b"));
    await store.forget({ entries: sealed("", "a") });
    expect((await store.replace(sealed("twice", "a"))).numbers).toEqual([null]);
    expect((await store.replace(sealed("twice", "a", "b", "c", "b"))).numbers).toEqual([null, 2, null, 2]);
    expect((await store.resolve(upTo(4))).values).toEqual([null, "twice", null, null]);
    expect(numbersOf(await store.assign(sealed("new", "c")))).toEqual([3]);
  });

  it("writes nothing to a scope that doesn't exist or is empty", async () => {
    const backend = createMemoryBackend({ maxBytes: 1 });
    const nothing = { numbers: [null], epoch: 0, remainingMs: 0 };
    expect(await openStore({ backend }).replace(sealed("v", "a"))).toEqual(nothing);
    const store = openStore();
    await store.assign(sealed("once", "a"));
    await store.forget("all");
    expect((await store.replace(sealed("twice", "a"))).numbers).toEqual([null]);
    expect((await store.resolve(upTo(2))).values).toEqual([null, null]);
  });

  it("doesn't bring back a mapping whose record is gone", async () => {
    const backend = createMemoryBackend();
    const store = openStore({ backend });
    await store.assign(sealed("once", "a"));
    await tamper(backend, generationA, (keys) => void keys.hashDelete(generationA, "rHOST:1"));
    expect((await store.replace(sealed("twice", "a"))).numbers).toEqual([null]);
    expect((await store.resolve(upTo(1))).values).toEqual([null]);
  });
});

describe("resolve", () => {
  it("returns null for a number that was never given out, for an unknown type, and for 0", async () => {
    const store = openStore();
    await store.assign(hosts("a"));
    const { values, corrupt } = await store.resolve([
      { type: "HOST", number: 2 },
      { type: "USER", number: 1 },
      { type: "HOST", number: 0 },
      { type: "HOST", number: 1 },
    ]);
    expect(values).toEqual([null, null, null, "a"]);
    expect(corrupt).toEqual([]);
  });

  it("creates nothing in a scope that doesn't exist", async () => {
    const backend = createMemoryBackend({ maxBytes: 1 });
    const { values, epoch, remainingMs } = await openStore({ backend }).resolve([{ type: "HOST", number: 1 }]);
    expect({ values, epoch, remainingMs }).toEqual({ values: [null], epoch: 0, remainingMs: 0 });
  });
});

describe("forget", () => {
  it("removes both directions by the original, and never gives its number out again", async () => {
    const store = openStore();
    await store.assign(hosts("a", "b"));
    expect((await store.forget({ entries: hosts("a", "unknown") })).forgotten).toBe(1);
    expect(
      (
        await store.resolve([
          { type: "HOST", number: 1 },
          { type: "HOST", number: 2 },
        ])
      ).values,
    ).toEqual([null, "b"]);
    expect(numbersOf(await store.assign(hosts("a")))).toEqual([3]);
  });

  it("removes both directions by the number", async () => {
    const store = openStore();
    await store.assign(hosts("a", "b"));
    const gone = await store.forget({
      references: [
        { type: "HOST", number: 2 },
        { type: "HOST", number: 9 },
      ],
    });
    expect(gone.forgotten).toBe(1);
    expect(numbersOf(await store.assign(hosts("a", "b")))).toEqual([1, 3]);
  });

  it("empties the scope in one step, and continues counting", async () => {
    const store = openStore();
    await store.assign([...hosts("a", "b"), { type: "USER", value: "u" }]);
    expect((await store.forget("all")).forgotten).toBeNull();
    expect((await store.resolve([{ type: "HOST", number: 1 }])).values).toEqual([null]);
    expect(numbersOf(await store.assign([...hosts("a"), { type: "USER", value: "u" }]))).toEqual([3, 2]);
  });

  it("raises the epoch each time, and announces it on the channel", async () => {
    const backend = createMemoryBackend({ now: () => 1_000 });
    const store = openStore({ backend });
    const { epoch } = await store.assign(hosts("a"));
    const heard = vi.fn();
    await backend.subscribe(store.channel, heard);
    const first = await store.forget({ references: [] });
    const second = await store.forget({ entries: hosts("a") });
    const third = await store.forget({ entries: hosts("a") });
    expect([first.epoch, second.epoch, third.epoch]).toEqual([0, epoch + 1, epoch + 2]);
    expect((await store.resolve([{ type: "HOST", number: 1 }])).epoch).toBe(third.epoch);
    await vi.waitFor(() => expect(heard.mock.calls).toEqual([[String(second.epoch)], [String(third.epoch)]]));
  });
});

it("reads the highest number of every type", async () => {
  const store = openStore();
  expect(await store.highest()).toEqual(new Map());
  await store.assign([{ type: "USER", value: "u" }, ...hosts("a", "b")]);
  await store.forget({ entries: hosts("b") });
  expect([...(await store.highest())]).toEqual([
    ["HOST", 2],
    ["USER", 1],
  ]);
});
