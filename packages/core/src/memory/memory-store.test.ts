import { describe, expect, it } from "vitest";
import { BackendError } from "../errors/backend-error.ts";
import { ConfigurationError } from "../errors/configuration-error.ts";
import type { ScriptStore } from "../script/script-store.ts";
import { MemoryStore, type MemoryStoreOptions } from "./memory-store.ts";

function createStore(options: MemoryStoreOptions = {}) {
  const clock = { now: 1_000 };
  const store = new MemoryStore({ now: () => clock.now, ...options });
  return { store, clock, write: (work: (step: ScriptStore) => void) => store.step(work) };
}

describe("MemoryStore", () => {
  it("gives every read of one step the same time and server id", () => {
    let reading = 1_000;
    const store = new MemoryStore({ now: () => reading++, serverId: () => `server-${reading}` });
    store.step((step) => {
      expect(step.now).toBe(step.now);
      expect(step.serverId).toBe(step.serverId);
    });
    expect(store.step((step) => step.now, { nowMs: 77 })).toBe(77);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])("refuses maxBytes %d", (maxBytes) => {
    expect(() => new MemoryStore({ maxBytes })).toThrow(ConfigurationError);
  });

  it("treats names of Object.prototype as plain keys and fields", () => {
    const { store } = createStore();
    store.step((step) => {
      for (const name of ["__proto__", "constructor", "hasOwnProperty"]) {
        expect(step.get(name)).toBeNull();
        expect(step.hashGet("hash", name)).toBeNull();
        step.set(name, "value");
        step.hashSet("hash", name, "value");
        expect(step.get(name)).toBe("value");
      }
      expect(step.hashEntries("hash")).toHaveLength(3);
    });
    expect(({} as Record<string, unknown>)["value"]).toBeUndefined();
  });

  it("distinguishes strings, hashes and absent keys, without counting as a use", () => {
    const { store } = createStore();
    store.step((step) => {
      step.set("string", "value", 50);
      step.hashSet("hash", "field", "value");
    });
    expect(store.inspect("string")).toEqual({ type: "string", value: "value", ttlMs: 50 });
    expect(store.inspect("hash")).toEqual({ type: "hash", fields: new Map([["field", "value"]]), ttlMs: null });
    expect(store.inspect("none")).toBeNull();
    expect([store.typeOf("string"), store.typeOf("hash"), store.typeOf("none")]).toEqual(["string", "hash", null]);
    expect(store.keys().sort()).toEqual(["hash", "string"]);
  });
});

describe("hashes", () => {
  it("vanish with their last field, and their TTL with them", () => {
    const { store } = createStore();
    store.step((step) => {
      step.hashSet("hash", "a", "1");
      step.hashSet("hash", "b", "2");
      step.expire("hash", 100);
      expect(step.hashDelete("hash", "a")).toBe(true);
      expect(step.hashDelete("hash", "a")).toBe(false);
      expect(step.ttl("hash")).toBe(100);
      expect(step.hashDelete("hash", "b")).toBe(true);
      expect(step.exists("hash")).toBe(false);
      step.hashSet("hash", "c", "3");
      expect(step.ttl("hash")).toBeNull();
    });
  });

  it("keep their TTL when a field is written", () => {
    const { store, clock, write } = createStore();
    write((step) => {
      step.hashSet("hash", "a", "1");
      step.expire("hash", 100);
    });
    clock.now += 40;
    write((step) => step.hashSet("hash", "b", "2"));
    expect(store.inspect("hash")?.ttlMs).toBe(60);
  });

  it("are replaced by SET, and strings can't be read as hashes", () => {
    const { store } = createStore();
    store.step((step) => {
      step.hashSet("key", "field", "value");
      step.set("key", "text");
      expect(step.get("key")).toBe("text");
    });
    expect(() => store.step((step) => step.hashGet("key", "field"))).toThrow(/^WRONGTYPE /);
    expect(() => store.step((step) => step.hashSet("key", "field", "value"))).toThrow(/^WRONGTYPE /);
    expect(() => store.step((step) => step.hashDelete("key", "field"))).toThrow(/^WRONGTYPE /);
    expect(() => store.step((step) => step.hashEntries("key"))).toThrow(/^WRONGTYPE /);
  });

  it("can't be read as strings, but can be deleted, checked for existence and given a TTL", () => {
    const { store } = createStore();
    store.step((step) => {
      step.hashSet("key", "field", "value");
      expect(() => step.get("key")).toThrow(BackendError);
      expect(step.exists("key")).toBe(true);
      expect(step.expire("key", 5)).toBe(true);
      expect(step.ttl("key")).toBe(5);
      expect(step.delete("key")).toBe(true);
      expect(step.delete("key")).toBe(false);
    });
  });
});

describe("deadlines", () => {
  it("keep a key with a TTL of n for exactly n milliseconds", () => {
    const { store, clock, write } = createStore();
    write((step) => step.set("key", "value", 10));
    clock.now += 9;
    expect(store.inspect("key")?.ttlMs).toBe(1);
    clock.now += 1;
    expect(store.inspect("key")).toBeNull();
    expect(store.step((step) => [step.get("key"), step.exists("key"), step.ttl("key"), step.expire("key", 5)])).toEqual(
      [null, false, null, false],
    );
  });

  it("can be much later than a timer allows", () => {
    const { store, clock, write } = createStore();
    write((step) => step.set("key", "value", 30 * 86_400_000));
    clock.now += 30 * 86_400_000 - 1;
    expect(store.inspect("key")?.ttlMs).toBe(1);
  });

  it("are cleared by SET without a TTL", () => {
    const { store, write } = createStore();
    write((step) => step.set("key", "value", 10));
    write((step) => step.set("key", "value"));
    expect(store.inspect("key")?.ttlMs).toBeNull();
  });

  it("delete the key when set to 0 or less", () => {
    const { store, write } = createStore();
    write((step) => {
      step.set("a", "value");
      step.set("b", "value");
      expect([step.expire("a", 0), step.expire("b", -5), step.expire("none", 5)]).toEqual([true, true, false]);
    });
    expect(store.keys()).toEqual([]);
  });

  it.each([0, -1, 1.5, Number.NaN])("refuse a TTL of %d in SET, as Redis does", (ttlMs) => {
    const { store } = createStore();
    expect(() => store.step((step) => step.set("key", "value", ttlMs))).toThrow(/^ERR invalid expire time/);
  });

  it("neither revive nor remove a key when the clock steps back", () => {
    const { store, clock, write } = createStore();
    write((step) => step.set("dead", "value", 10));
    write((step) => step.set("alive", "value", 100));
    clock.now += 50;
    expect(store.inspect("dead")).toBeNull();
    clock.now -= 5_000;
    expect(store.inspect("dead")).toBeNull();
    expect(store.inspect("alive")?.ttlMs).toBe(50);
    clock.now += 50;
    expect(store.inspect("alive")).toBeNull();
  });

  it("free the memory of expired keys while others are written, without a read", () => {
    const { store, clock, write } = createStore();
    for (let index = 0; index < 1_000; index++) write((step) => step.set(`old-${index}`, "value", 10));
    const peak = store.bytes;
    clock.now += 10;
    expect(store.bytes).toBe(peak);
    for (let index = 0; index < 1_000; index++) write((step) => step.set(`new-${index}`, "value", 10));
    expect(store.bytes).toBe(peak);
    expect(store.keys()).toHaveLength(1_000);
  });

  it("make a write drop only a few expired keys, however many there are", () => {
    const { store, clock, write } = createStore();
    for (let index = 1_000; index < 2_000; index++) write((step) => step.set(`key-${index}`, "value", 10));
    clock.now += 10;
    const each = store.bytes / 1_000;
    write((step) => step.set("key-0000", "value"));
    expect(store.bytes).toBe(999 * each);
  });

  it("don't free a key early if its deadline has moved later", () => {
    const { store, clock, write } = createStore();
    write((step) => step.set("key", "value", 10));
    write((step) => void step.expire("key", 100));
    clock.now += 50;
    write((step) => step.set("other", "value"));
    expect(store.inspect("key")?.ttlMs).toBe(50);
    clock.now += 50;
    write((step) => step.set("another", "value"));
    expect(store.bytes).toBe(2 * 250 + 2 * ("other".length + "another".length + 2 * "value".length));
  });
});

describe("step", () => {
  it("undoes everything if the work throws", () => {
    const { store } = createStore();
    store.step((step) => {
      step.set("string", "before", 100);
      step.hashSet("hash", "kept", "before");
      step.hashSet("last", "field", "before");
    });
    const bytes = store.bytes;
    const failure = new Error("changed my mind");
    const attempt = () =>
      store.step((step) => {
        step.set("string", "after");
        step.hashSet("hash", "kept", "after");
        step.hashSet("hash", "added", "after");
        step.expire("hash", 5);
        step.hashDelete("last", "field");
        step.set("last", "after");
        step.set("new", "after", 5);
        step.delete("string");
        throw failure;
      });
    expect(attempt).toThrow(failure);
    expect(store.keys().sort()).toEqual(["hash", "last", "string"]);
    expect(store.inspect("string")).toEqual({ type: "string", value: "before", ttlMs: 100 });
    expect(store.inspect("hash")).toEqual({ type: "hash", fields: new Map([["kept", "before"]]), ttlMs: null });
    expect(store.inspect("last")).toEqual({ type: "hash", fields: new Map([["field", "before"]]), ttlMs: null });
    expect(store.bytes).toBe(bytes);
  });

  it("names its operation in errors and says that nothing was applied", () => {
    const { store } = createStore();
    const attempt = () =>
      store.step(
        (step) => {
          step.set("key", "value");
          step.hashGet("key", "field");
        },
        { operation: "run:test" },
      );
    expect(attempt).toThrow(
      expect.objectContaining({
        code: "BACKEND_REJECTED",
        operation: "run:test",
        outcome: "not-applied",
        retryable: false,
      }),
    );
    expect(store.keys()).toEqual([]);
  });
});
