import { describe, expect, it } from "vitest";
import { createMemoryBackend } from "../../memory/memory-backend.ts";
import { createMappingStore } from "../mapping-store.ts";

/** Opens stores for instances that hold these keys. An id is made of the key and the value. */
function openScope(ttl: number | "forever" = "forever") {
  let now = 10_000;
  const backend = createMemoryBackend({ now: () => now });
  return {
    wait: (ms: number) => (now += ms),
    with(...keys: string[]) {
      const store = createMappingStore({ backend, scope: "s", ttl, indexes: keys });
      const entriesOf = (values: readonly string[]) =>
        values.map((value) => ({ type: "HOST", value, ids: keys.map((key) => `${key}-${value}`) }));
      return {
        store,
        assign: async (...values: string[]) => {
          const { assigned } = await store.assign(entriesOf(values));
          return assigned.map(({ number }) => number);
        },
        forget: (...values: string[]) => store.forget({ entries: entriesOf(values) }),
        /** Brings every mapping under all keys, as reindexing does. */
        async walk(upTo: ReadonlyMap<string, number>) {
          for (let number = 1; number <= (upTo.get("HOST") ?? 0); number += 1) {
            const [value] = (await store.resolve([{ type: "HOST", number }])).values;
            if (typeof value === "string") await store.replace(entriesOf([value]));
          }
        },
      };
    },
  };
}

const refused = { code: "CONFIGURATION_INVALID", field: "indexes" };

describe("a call with none of the complete names", () => {
  it("is refused before anything is written, by assign and by forget", async () => {
    const scope = openScope();
    await scope.with("old").assign("a");
    await expect(scope.with("wrong").assign("a")).rejects.toMatchObject(refused);
    await expect(scope.with("wrong").forget("a")).rejects.toMatchObject(refused);
    expect(await scope.with("old").assign("a", "b")).toEqual([1, 2]);
  });

  it("is refused while its name is still incomplete", async () => {
    const scope = openScope();
    await scope.with("old").assign("a");
    await scope.with("old", "new").assign("b");
    await expect(scope.with("new").assign("b")).rejects.toMatchObject(refused);
  });

  it("is accepted once there is no mapping left that it could miss", async () => {
    const scope = openScope(1_000);
    await scope.with("old").assign("a");
    scope.wait(2_000);
    expect(await scope.with("other").assign("a")).toEqual([2]);
    const emptied = openScope();
    await emptied.with("old").assign("a");
    await emptied.with("old").store.forget("all");
    expect(await emptied.with("other").assign("a")).toEqual([2]);
  });
});

describe("changing the key", () => {
  it("keeps every number, with the old key, with both, and with the new one", async () => {
    const scope = openScope();
    await scope.with("old").assign("a", "b", "c");
    const both = scope.with("old", "new");
    expect(await both.assign("b", "d")).toEqual([2, 4]);
    const upTo = await both.store.highest();
    expect(await both.store.completeIndex("new", new Map())).toBe(false);
    await both.walk(upTo);
    expect(await both.store.completeIndex("new", upTo)).toBe(true);
    expect(await scope.with("new").assign("a", "b", "c", "d")).toEqual([1, 2, 3, 4]);
    expect(await scope.with("old").assign("a", "d")).toEqual([1, 4]);
  });

  it("isn't delayed by calls that bring both names meanwhile", async () => {
    const scope = openScope();
    await scope.with("old").assign("a");
    const both = scope.with("old", "new");
    await both.assign("b");
    const upTo = await both.store.highest();
    await both.walk(upTo);
    await both.assign("c", "d");
    expect(await both.store.completeIndex("new", upTo)).toBe(true);
  });

  it("also covers what a call without the new name has numbered meanwhile", async () => {
    const scope = openScope();
    await scope.with("old").assign("a");
    const both = scope.with("old", "new");
    const upTo = await both.store.highest();
    await both.walk(upTo);
    await scope.with("old").assign("late");
    expect(await both.store.completeIndex("new", upTo)).toBe(false);
    const further = await both.store.highest();
    await both.walk(further);
    expect(await both.store.completeIndex("new", further)).toBe(true);
    expect(await scope.with("new").assign("late")).toEqual([2]);
  });

  it("makes the old name incomplete with the first mapping that lacks it", async () => {
    const scope = openScope();
    await scope.with("old").assign("a");
    const both = scope.with("old", "new");
    const upTo = await both.store.highest();
    await both.walk(upTo);
    await both.store.completeIndex("new", upTo);
    expect(await scope.with("new").assign("a")).toEqual([1]);
    expect(await scope.with("old").assign("a")).toEqual([1]);
    expect(await scope.with("new").assign("b")).toEqual([2]);
    await expect(scope.with("old").assign("b")).rejects.toMatchObject(refused);
    expect(await both.assign("b")).toEqual([2]);
  });

  it("is remembered beyond a generation", async () => {
    const scope = openScope(1_000);
    const both = scope.with("old", "new");
    await scope.with("old").assign("a");
    await both.assign("b");
    scope.wait(1_000);
    expect(await both.assign("a", "b")).toEqual([1, 2]);
    await expect(scope.with("new").assign("a")).rejects.toMatchObject(refused);
    scope.wait(1_000);
    expect(await scope.with("old").assign("a")).toEqual([1]);
  });
});

it("forgets a mapping under every name that it was written under, by either of them", async () => {
  const scope = openScope();
  const both = scope.with("old", "new");
  await both.assign("a", "b");
  expect((await scope.with("new").forget("a")).forgotten).toBe(1);
  expect((await both.store.forget({ references: [{ type: "HOST", number: 2 }] })).forgotten).toBe(1);
  expect(await scope.with("old").assign("a", "b")).toEqual([3, 4]);
});

it("completes any name while there is nothing to miss, and lets the first call decide on the names", async () => {
  const scope = openScope();
  const { store } = scope.with("a");
  expect(await store.completeIndex("a", new Map())).toBe(true);
  expect(await scope.with("b").assign("x")).toEqual([1]);
});
