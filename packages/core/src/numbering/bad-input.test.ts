import { describe, expect, it } from "vitest";
import { createMemoryBackend } from "../memory/memory-backend.ts";
import { createCounter } from "./counter/counter.ts";
import type { MappingEntry, MappingReference } from "./entries/mapping-entry.ts";
import type { MappingStoreOptions } from "./mapping-options.ts";
import { createMappingStore } from "./mapping-store.ts";

const backend = createMemoryBackend();
const long = "v".repeat(128 * 1024 + 1);

describe("createMappingStore refuses", () => {
  it.each<[string, string, Record<string, unknown>]>([
    ["no backend", "backend", { backend: undefined }],
    ["an empty scope", "scope", { scope: "" }],
    ["a scope that isn't a string", "scope", { scope: 7 }],
    ["a scope with half a surrogate pair", "scope", { scope: "\ud800" }],
    ["a namespace with a colon", "feature", { namespace: "a:b" }],
    ["a ttl of 0", "ttl", { ttl: 0 }],
    ["a ttl without a unit", "ttl", { ttl: "30" }],
    ["a ttl of centuries", "ttl", { ttl: "99999d" }],
    ["no index name", "indexes", { indexes: [] }],
    ["an index name with a colon", "indexes", { indexes: ["a:b"] }],
    ["one index name twice", "indexes", { indexes: ["a", "a"] }],
    [
      "half a replica",
      "replicas",
      { backend: { ...backend, run() {}, capabilities: { hearsOfReplicas: true } }, replicas: 1.5 },
    ],
    ["replicas on a backend that can't wait for them", "replicas", { replicas: 1 }],
    ["nine index names", "indexes", { indexes: [..."abcdefghi"] }],
  ])("%s", (_, field, options) => {
    const create = () => createMappingStore({ backend, scope: "s", ...options } as MappingStoreOptions);
    expect(create).toThrow(expect.objectContaining({ code: "CONFIGURATION_INVALID", field }));
  });
});

describe("assign refuses", () => {
  const store = createMappingStore({ backend, scope: "s" });
  const twoIndexes = createMappingStore({ backend, scope: "s", indexes: ["a", "b"] });

  it.each<[string, string, unknown]>([
    ["an entry that isn't an object", "entries[1]", null],
    ["a type in lower case", "entries[1].type", { type: "host", value: "v" }],
    ["a type with a colon", "entries[1].type", { type: "HOST:0", value: "v" }],
    ["a type that begins with an exclamation mark", "entries[1].type", { type: "!epoch", value: "v" }],
    ["a type of 65 letters", "entries[1].type", { type: "A".repeat(65), value: "v" }],
    ["an entry without a value", "entries[1].value", { type: "HOST" }],
    ["half a surrogate pair", "entries[1].value", { type: "HOST", value: "\udc00" }],
    ["a value over 128 KiB", "entries[1].value", { type: "HOST", value: long }],
    ["ids for fewer names", "entries[1].ids", { type: "HOST", value: "v", ids: [] }],
    ["an id with a colon", "entries[1].ids", { type: "HOST", value: "v", ids: ["a:b"] }],
    ["an id with a bar", "entries[1].ids", { type: "HOST", value: "v", ids: ["a|b"] }],
    ["ids that aren't an array", "entries[1].ids", { type: "HOST", value: "v", ids: "a" }],
  ])("%s, and numbers nothing", async (_, field, entry) => {
    const call = store.assign([{ type: "HOST", value: "good" }, entry as MappingEntry]);
    await expect(call).rejects.toMatchObject({ code: "CONFIGURATION_INVALID", field });
    expect(await store.highest()).toEqual(new Map());
  });

  it("entries without ids if there are two index names", async () => {
    const call = twoIndexes.assign([{ type: "HOST", value: "v" }]);
    await expect(call).rejects.toMatchObject({ field: "entries[0].ids" });
  });

  it("a timeout of 0", async () => {
    await expect(store.assign([], { timeoutMs: 0 })).rejects.toMatchObject({ field: "timeoutMs" });
    await expect(store.replace([], { timeoutMs: 0 })).rejects.toMatchObject({ field: "timeoutMs" });
  });

  it("with a message that doesn't quote the value", async () => {
    const call = store.assign([{ type: "HOST", value: `secret\ud800` }]);
    await expect(call).rejects.not.toThrow(/secret/);
  });
});

it.each<[string, unknown]>([
  ["a negative number", { type: "HOST", number: -1 }],
  ["a fraction", { type: "HOST", number: 1.5 }],
  ["a number above 2^53 - 1", { type: "HOST", number: 2 ** 53 }],
  ["a number as a string", { type: "HOST", number: "1" }],
])("resolve and forget refuse %s", async (_, reference) => {
  const store = createMappingStore({ backend, scope: "s" });
  const references = [reference as MappingReference];
  await expect(store.resolve(references)).rejects.toMatchObject({ field: "references[0].number" });
  await expect(store.forget({ references })).rejects.toMatchObject({ field: "references[0].number" });
});

it("forget refuses an argument that names nothing", async () => {
  const store = createMappingStore({ backend, scope: "s" });
  await expect(store.forget("everything" as "all")).rejects.toMatchObject({ field: "what" });
  await expect(store.forget({} as "all")).rejects.toMatchObject({ field: "what" });
});

it("completeIndex refuses a name that can't be one", async () => {
  const store = createMappingStore({ backend, scope: "s" });
  await expect(store.completeIndex("a;b", new Map())).rejects.toMatchObject({ field: "name" });
  await expect(store.completeIndex("a", new Map([["HOST", -1]]))).rejects.toMatchObject({ field: "upTo" });
});

it("a counter refuses a backend that can't wait for replicas, and says which can", () => {
  const create = () => createCounter({ backend, replicas: 1 });
  expect(create).toThrow(expect.objectContaining({ code: "CONFIGURATION_INVALID", field: "replicas" }));
  expect(create).toThrow(/createIoredisBackend/);
  expect(() => createCounter({ backend, replicas: 0 })).not.toThrow();
});

it("a counter refuses an empty name and an empty block", async () => {
  const counter = createCounter({ backend });
  await expect(counter.next("")).rejects.toMatchObject({ field: "name" });
  await expect(counter.block("invoice", 0)).rejects.toMatchObject({ field: "size" });
  expect(() => createCounter({} as { backend: typeof backend })).toThrow(expect.objectContaining({ field: "backend" }));
});
