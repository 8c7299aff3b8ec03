import { describe, expect, it } from "vitest";
import { createMemoryBackend } from "../../memory/memory-backend.ts";
import { counters, generationA, generationB, readHash, tamper } from "../fixtures/tamper.ts";
import { createMappingStore } from "../mapping-store.ts";

const hosts = (...values: string[]) => values.map((value) => ({ type: "HOST", value, ids: [value] }));
const numbersOf = ({ assigned }: { assigned: readonly { number: number }[] }) => assigned.map(({ number }) => number);

function open() {
  let now = 10_000;
  let serverId = "first";
  const backend = createMemoryBackend({ now: () => now, serverId: () => serverId });
  const store = createMappingStore({ backend, scope: "s", ttl: 1_000 });
  return {
    backend,
    store,
    wait: (ms: number) => (now += ms),
    failOver: (id: string) => (serverId = id),
    lose: (key: string) => tamper(backend, key, (keys) => void keys.delete(key)),
    setField: (key: string, field: string, value: string) =>
      tamper(backend, key, (keys) => keys.hashSet(key, field, value)),
    removeField: (key: string, field: string) => tamper(backend, key, (keys) => void keys.hashDelete(key, field)),
  };
}

describe("a number isn't given out again when", () => {
  it("the counters are lost", async () => {
    const { store, lose } = open();
    await store.assign([...hosts("a", "b"), { type: "USER", value: "u" }]);
    await lose(counters);
    expect((await store.assign(hosts("b", "c"))).assigned).toEqual([
      { number: 2, isNew: false },
      { number: 3, isNew: true },
    ]);
    expect([...(await store.highest())]).toEqual([
      ["HOST", 3],
      ["USER", 1],
    ]);
  });

  it("the counters are lost, and only a forget follows before all mappings expire", async () => {
    const { store, lose, wait } = open();
    await store.assign(hosts("a", "b"));
    await lose(counters);
    await store.forget({ entries: hosts("a") });
    wait(5_000);
    expect(numbersOf(await store.assign(hosts("c")))).toEqual([3]);
  });

  it("the counters are lost after types were unused for a generation", async () => {
    const { store, lose, wait } = open();
    await store.assign(hosts("a", "b"));
    for (let turn = 0; turn < 3; turn += 1) {
      wait(1_000);
      await store.assign([{ type: "USER", value: "u" }]);
    }
    await lose(counters);
    expect(numbersOf(await store.assign(hosts("c")))).toEqual([3]);
  });

  it("the current generation is lost", async () => {
    const { store, lose } = open();
    await store.assign(hosts("a", "b"));
    await lose(generationA);
    expect(numbersOf(await store.assign(hosts("b")))).toEqual([3]);
    await lose(counters);
    expect(numbersOf(await store.assign(hosts("c")))).toEqual([4]);
  });

  it("a counter and its copy fall back below numbers that are taken", async () => {
    const { store, setField } = open();
    await store.assign(hosts("a", "b", "c"));
    await setField(counters, "HOST", "1");
    await setField(generationA, "hHOST", "0");
    expect(numbersOf(await store.assign(hosts("d", "e")))).toEqual([4, 5]);
    expect((await store.resolve([{ type: "HOST", number: 2 }])).values).toEqual(["b"]);
  });
});

describe("the epoch", () => {
  it("is read from the newest generation when the counters are lost", async () => {
    const { store, lose, wait } = open();
    await store.assign(hosts("a"));
    const { epoch } = await store.forget({ entries: hosts("a") });
    wait(2);
    await lose(counters);
    expect((await store.resolve([{ type: "HOST", number: 1 }])).epoch).toBe(epoch);
    expect((await store.assign(hosts("b"))).epoch).toBe(epoch);
  });

  it("doesn't fall back when no key knows it any more", async () => {
    const { store, lose, wait } = open();
    await store.assign(hosts("a"));
    const { epoch } = await store.forget({ entries: hosts("a") });
    wait(2);
    await lose(counters);
    await lose(generationA);
    expect((await store.assign(hosts("b"))).epoch).toBeGreaterThan(epoch);
  });

  it("is returned by resolve after every kind of forget, since the newest generation repeats it", async () => {
    const { store, wait } = open();
    await store.assign(hosts("a", "b"));
    const reference = { type: "HOST", number: 1 };
    for (const what of [{ entries: hosts("a") }, { references: [reference] }, "all"] as const) {
      wait(1);
      const { epoch } = await store.forget(what);
      expect((await store.resolve([reference])).epoch).toBe(epoch);
    }
  });
});

describe("the birth", () => {
  const bornOf = async ({ store }: ReturnType<typeof open>) =>
    (await store.resolve([{ type: "HOST", number: 1 }])).born;

  it("is 0 before the first number, and stays the same through erasures, an idle time and a failover", async () => {
    const scope = open();
    const { store, wait, failOver } = scope;
    expect(await bornOf(scope)).toBe(0);
    const { born } = await store.assign(hosts("a"));
    wait(10);
    await store.forget("all");
    expect(await bornOf(scope)).toBe(born);
    wait(5_000);
    failOver("second");
    expect((await store.assign(hosts("a"))).born).toBe(born);
  });

  it.each([
    ["the counters", [counters]],
    ["the current generation", [generationA]],
  ])("stays the same when %s are lost, even if everything is erased before anything is numbered", async (_, keys) => {
    const { store, lose, wait } = open();
    const { born } = await store.assign(hosts("a"));
    wait(10);
    for (const key of keys) await lose(key);
    await store.forget("all");
    await lose(keys[0] === counters ? generationA : counters);
    expect((await store.assign(hosts("a"))).born).toBe(born);
  });

  it("changes when everything is lost, since numbers come again", async () => {
    const scope = open();
    const { store, lose, wait } = scope;
    const first = await store.assign(hosts("a"));
    wait(10);
    for (const key of [counters, generationA, generationB]) await lose(key);
    expect(await bornOf(scope)).toBe(0);
    const second = await store.assign(hosts("b"));
    expect([numbersOf(first), numbersOf(second)]).toEqual([[1], [1]]);
    expect(second.born).toBe(first.born + 10);
    expect(await bornOf(scope)).toBe(second.born);
  });
});

describe("both directions agree again after", () => {
  it("a reverse record was lost: it is restored from what the call brings", async () => {
    const { store, removeField } = open();
    await store.assign(hosts("a"));
    await removeField(generationA, "rHOST:1");
    expect((await store.resolve([{ type: "HOST", number: 1 }])).values).toEqual([null]);
    expect((await store.assign(hosts("a"))).assigned).toEqual([{ number: 1, isNew: false }]);
    expect((await store.resolve([{ type: "HOST", number: 1 }])).values).toEqual(["a"]);
  });

  it("a forward entry led to someone else's number: the original gets a number of its own", async () => {
    const { store, setField } = open();
    await store.assign(hosts("a", "b"));
    await setField(generationA, "fHOST:0:b", "1");
    expect((await store.assign(hosts("b"))).assigned).toEqual([{ number: 3, isNew: true }]);
    const { values } = await store.resolve([1, 3].map((number) => ({ type: "HOST", number })));
    expect(values).toEqual(["a", "b"]);
  });
});

describe("after a failover", () => {
  it("leaves out a thousand numbers of every type, once", async () => {
    const { store, failOver, backend } = open();
    await store.assign([...hosts("a", "b"), { type: "USER", value: "u" }]);
    failOver("second");
    expect(numbersOf(await store.assign(hosts("a")))).toEqual([1]);
    expect(numbersOf(await store.assign(hosts("c", "d")))).toEqual([1_003, 1_004]);
    expect(numbersOf(await store.assign([{ type: "USER", value: "v" }]))).toEqual([1_002]);
    expect((await readHash(backend, generationA)).get("hUSER")).toBe("1002");
  });

  it("leaves out twice as many as the last two seconds gave out, if that is more", async () => {
    const { store, failOver, wait } = open();
    const names = (prefix: string, count: number) => hosts(...Array.from({ length: count }, (_, n) => `${prefix}${n}`));
    await store.assign(names("a", 600));
    wait(2_000);
    await store.assign(names("b", 300));
    wait(60_000);
    failOver("second");
    expect(numbersOf(await store.assign(hosts("c")))).toEqual([900 + 1_800 + 1]);
  });

  it("leaves out as many of a type whose numbers were all lost, however late the type is used again", async () => {
    const { store, failOver, removeField, setField, wait } = open();
    await store.assign(hosts("a"));
    await store.assign([{ type: "USER", value: "lost" }]);
    for (const [key, field] of [
      [counters, "USER"],
      [generationA, "hUSER"],
      [generationA, "rUSER:1"],
    ] as const) {
      await removeField(key, field);
    }
    await setField(generationA, "!types", "HOST");
    failOver("second");
    expect(numbersOf(await store.assign(hosts("b")))).toEqual([1_002]);
    wait(600);
    expect(numbersOf(await store.assign([{ type: "USER", value: "another" }]))).toEqual([1_001]);
    expect(numbersOf(await store.assign([{ type: "USER", value: "third" }]))).toEqual([1_002]);
  });

  it("leaves none out if the server hides its id", async () => {
    const { store, failOver } = open();
    failOver("");
    await store.assign(hosts("a"));
    expect(numbersOf(await store.assign(hosts("b")))).toEqual([2]);
  });
});

describe("content that the numbering can't have written", () => {
  it.each([
    ["a counter that is no number", counters, "HOST", "many"],
    ["a counter beyond 2^53", counters, "HOST", "9007199254740993"],
    ["a negative counter", counters, "HOST", "-1"],
    ["a guard of another shape", counters, "!guard", "nonsense"],
    ["an epoch that is no number", counters, "!epoch", "now"],
    ["a birth that is no number", counters, "!born", "now"],
    ["a copy of epoch and birth that isn't two numbers", generationA, "!life", "now"],
    ["a generation's start that is no number", generationA, "!gen", "nonsense"],
    ["a list of indexes of another shape", generationA, "!index", "0=x"],
    ["a copy of a counter that is no number", generationA, "hHOST", "many"],
    ["a forward entry that holds no number", generationA, "fHOST:0:a", "many"],
    ["a forward entry that holds 0", generationA, "fHOST:0:a", "0"],
  ])("is an error before anything is written: %s", async (_, key, field, value) => {
    const { store, setField, backend } = open();
    await store.assign(hosts("a", "b"));
    await setField(key, field, value);
    const before = [await readHash(backend, counters), await readHash(backend, generationA)];
    const call = store.assign(hosts("a", "new"));
    await expect(call).rejects.toMatchObject({ name: "NumberingError", code: "MAPPING_CORRUPT" });
    expect([await readHash(backend, counters), await readHash(backend, generationA)]).toEqual(before);
  });

  it("is distinguished from an unknown number by resolve, for each reference", async () => {
    const { store, setField } = open();
    await store.assign(hosts("a", "b"));
    await setField(generationA, "rHOST:1", "nonsense");
    const { values, corrupt } = await store.resolve([1, 2, 3].map((number) => ({ type: "HOST", number })));
    expect({ values, corrupt }).toEqual({ values: [null, "b", null], corrupt: [0] });
  });

  it("is removed by forget, and the original gets a new number", async () => {
    const { store, setField } = open();
    await store.assign(hosts("a"));
    await setField(generationA, "rHOST:1", "nonsense");
    await expect(store.assign(hosts("a"))).rejects.toMatchObject({ code: "MAPPING_CORRUPT", where: "HOST" });
    expect((await store.forget({ entries: hosts("a") })).forgotten).toBe(1);
    expect(numbersOf(await store.assign(hosts("a")))).toEqual([2]);
  });

  it.each([counters, generationA, generationB])("is an error if %s isn't a hash", async (key) => {
    const { store, backend } = open();
    await store.assign(hosts("a"));
    await tamper(backend, key, (keys) => keys.set(key, "text"));
    await expect(store.assign(hosts("b"))).rejects.toMatchObject({ code: "BACKEND_REJECTED" });
    const resolving = store.resolve([{ type: "HOST", number: 1 }]);
    // A generation knows enough about its scope to be read without the counters.
    if (key === counters) await expect(resolving).resolves.toMatchObject({ values: ["a"] });
    else await expect(resolving).rejects.toMatchObject({ code: "BACKEND_REJECTED" });
  });

  it.each(["!life", "!types", "rHOST:1"])(
    "is an error where a generation has lost its beginning and still has %s",
    async (field) => {
      const { store, removeField } = open();
      await store.assign(hosts("a"));
      for (const lost of ["!gen", "!life", "!types", "!index", "hHOST", "rHOST:1", "fHOST:0:a"]) {
        if (lost !== field) await removeField(generationA, lost);
      }
      await expect(store.resolve([{ type: "HOST", number: 1 }])).rejects.toMatchObject({ code: "MAPPING_CORRUPT" });
    },
  );
});

it("a type without any numbers left is an error, and the call writes nothing", async () => {
  const { store, setField } = open();
  await store.assign(hosts("a"));
  await setField(counters, "HOST", "9007199254740990");
  const call = store.assign([...hosts("b", "c"), { type: "USER", value: "u" }]);
  await expect(call).rejects.toMatchObject({ code: "NUMBERS_EXHAUSTED", where: "HOST" });
  expect(await store.highest()).toEqual(new Map([["HOST", 9_007_199_254_740_990]]));
  expect(numbersOf(await store.assign(hosts("b")))).toEqual([9_007_199_254_740_991]);
  expect((await store.resolve([{ type: "HOST", number: 9_007_199_254_740_991 }])).values).toEqual(["b"]);
});
