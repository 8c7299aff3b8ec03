import { describe, expect, it } from "vitest";
import type { Retention } from "../script/script.ts";
import type { ScriptStore } from "../script/script-store.ts";
import { MemoryStore } from "./memory-store.ts";

/** Makes a store with room for this many keys of one character, with values of one character. */
function createStore(keys: number) {
  const clock = { now: 1_000 };
  const store = new MemoryStore({ maxBytes: keys * 254, now: () => clock.now });
  const set = (key: string, retain: Retention, ttlMs?: number) =>
    store.step((step) => step.set(key, "-", ttlMs), { retain });
  const left = () => store.keys().sort().join("");
  return { store, clock, set, left };
}

const full = expect.objectContaining({
  code: "BACKEND_FULL",
  operation: "step",
  outcome: "not-applied",
  retryable: false,
});

describe("a full store", () => {
  it("drops the least recently used while-room keys, and reads count as use", () => {
    const { store, set, left } = createStore(3);
    for (const key of "abc") set(key, "while-room");
    store.step((step) => step.get("a"));
    set("d", "while-room");
    expect(left()).toBe("acd");
    set("e", "while-room");
    expect(left()).toBe("ade");
  });

  it("never drops an always key, and refuses a write that finds no room beside them", () => {
    const { set, left } = createStore(3);
    for (const key of "abc") set(key, "always");
    expect(() => set("d", "always")).toThrow(full);
    expect(() => set("e", "while-room")).toThrow(full);
    expect(left()).toBe("abc");
  });

  it("drops while-room keys to make room for an always key", () => {
    const { set, left } = createStore(3);
    set("a", "always");
    set("b", "while-room");
    set("c", "while-room");
    set("d", "always");
    expect(left()).toBe("acd");
  });

  it("drops expired keys before any live one", () => {
    const { clock, set, left } = createStore(3);
    set("a", "while-room");
    set("b", "always", 10);
    set("c", "always", 20);
    clock.now += 15;
    set("d", "always");
    expect(left()).toBe("acd");
  });

  it("drops as many expired keys as a large write needs", () => {
    const { store, clock, set, left } = createStore(8);
    for (const key of "abcdef") set(key, "always", 10);
    set("g", "while-room");
    clock.now += 10;
    store.step((step) => step.set("h", "x".repeat(600)));
    expect(left()).toBe("gh");
  });

  it("counts what while-room keys have grown by as room that can be freed", () => {
    const { store, set, left } = createStore(8);
    set("a", "while-room");
    store.step((step) => step.set("a", "x".repeat(600)), { retain: "while-room" });
    set("b", "always");
    store.step((step) => step.set("c", "x".repeat(600)));
    expect(left()).toBe("bc");
  });

  it("can still drop a while-room key after an always step that wrote to it is undone", () => {
    const { store, set, left } = createStore(4);
    set("a", "while-room");
    store.step((step) => step.hashSet("h", "x", "-"), { retain: "while-room" });
    const undone = (work: (step: ScriptStore) => void) =>
      expect(() =>
        store.step((step) => {
          work(step);
          throw new Error("undone");
        }),
      ).toThrow("undone");
    undone((step) => step.set("a", "changed"));
    undone((step) => step.hashSet("h", "y", "-"));
    for (const key of "bcde") set(key, "always");
    expect(left()).toBe("bcde");
  });

  it("keeps everything as it was if a write fails, including while-room keys", () => {
    const { store, set, left } = createStore(3);
    set("a", "always");
    set("b", "while-room");
    const { bytes } = store;
    const attempt = () =>
      store.step((step) => {
        step.set("a", "changed");
        for (const key of "cdef") step.set(key, "-");
      });
    expect(attempt).toThrow(full);
    expect(left()).toBe("ab");
    expect(store.inspect("a")).toMatchObject({ value: "-" });
    expect(store.bytes).toBe(bytes);
  });

  it("doesn't drop keys that the step itself uses", () => {
    const { store, set, left } = createStore(2);
    set("a", "while-room");
    set("b", "while-room");
    const attempt = (keys: string) =>
      store.step(
        (step) => {
          step.get("a");
          for (const key of keys) step.set(key, "-");
        },
        { retain: "while-room" },
      );
    attempt("c");
    expect(left()).toBe("ac");
    expect(() => attempt("de")).toThrow(full);
    expect(left()).toBe("ac");
  });

  it("refuses a single value that is larger than the whole store", () => {
    const { store, set, left } = createStore(2);
    set("a", "while-room");
    expect(() => store.step((step) => step.set("b", "x".repeat(1_000)), { retain: "while-room" })).toThrow(full);
    expect(left()).toBe("a");
  });

  it("still runs steps that need no room", () => {
    const { store, set, left } = createStore(2);
    set("a", "always");
    set("b", "always");
    set("a", "always");
    store.step((step) => {
      step.delete("a");
      step.set("c", "-");
    });
    expect(left()).toBe("bc");
  });

  it("keeps a hash for ever once an always step has written to it", () => {
    const store = new MemoryStore({ maxBytes: 1_200 });
    const hashSet = (field: string, retain: Retention) =>
      store.step((step) => step.hashSet("hash", field, "-"), { retain });
    hashSet("a", "while-room");
    hashSet("b", "always");
    hashSet("c", "while-room");
    expect(() => store.step((step) => step.set("key", "x".repeat(300)), { retain: "while-room" })).toThrow(full);
    expect(store.keys()).toEqual(["hash"]);
  });

  it("may evict a key that was set again with while-room", () => {
    const { set, left } = createStore(2);
    set("a", "always");
    set("a", "while-room");
    set("b", "always");
    set("c", "always");
    expect(left()).toBe("bc");
  });
});
