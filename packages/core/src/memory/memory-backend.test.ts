import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { KeyValueBackend } from "../backend.ts";
import { defineScript } from "../script/define-script.ts";
import type { RawReply } from "../script/script.ts";
import type { ScriptStore } from "../script/script-store.ts";
import { createMemoryBackend } from "./memory-backend.ts";

function createBackend() {
  const clock = { now: 1_000 };
  return { clock, backend: createMemoryBackend({ now: () => clock.now }) };
}

/** A script whose twin is given by the test. */
function twin(memory: (store: ScriptStore, keys: readonly string[], args: readonly string[]) => RawReply) {
  return defineScript<readonly string[], RawReply>({
    name: "test-step",
    keys: ["first", "second"],
    args: (input) => input,
    reply: (raw) => raw,
    lua: "return 1",
    memory,
  });
}

const keys = ["{tag}:1", "{tag}:2"];
/** Stands for something that must never appear in an error. */
const secret = "s3cr3t";

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("it was expected to fail"),
    (error: unknown) => error,
  );
}

describe("values", () => {
  it("are kept until their time is up by the injected clock", async () => {
    const { backend, clock } = createBackend();
    expect(await backend.set("key", "value", { ttlMs: 10 })).toBe(true);
    clock.now += 9;
    expect(await backend.get("key")).toBe("value");
    clock.now += 1;
    expect(await backend.get("key")).toBeNull();
  });

  it("are written only if absent, or only if present, on request", async () => {
    const { backend, clock } = createBackend();
    expect(await backend.set("key", "a", { onlyIf: "present" })).toBe(false);
    expect(await backend.set("key", "b", { onlyIf: "absent", ttlMs: 10 })).toBe(true);
    expect(await backend.set("key", "c", { onlyIf: "absent" })).toBe(false);
    expect(await backend.get("key")).toBe("b");
    clock.now += 10;
    expect(await backend.set("key", "d", { onlyIf: "absent" })).toBe(true);
    expect(await backend.set("key", "e", { onlyIf: "present" })).toBe(true);
    expect(await backend.get("key")).toBe("e");
  });

  it("come in the order of the keys, with null for an absent key or a hash", async () => {
    const { backend } = createBackend();
    await backend.set("a", "1");
    await backend.set("{other}:b", "2");
    await backend.run(
      twin((store) => {
        store.hashSet("hash", "field", "value");
        return null;
      }),
      keys,
      [],
    );
    expect(await backend.getMany(["{other}:b", "none", "hash", "a", "a"])).toEqual(["2", null, null, "1", "1"]);
    expect(await backend.getMany([])).toEqual([]);
  });

  it("are deleted, and each deleted key counts once", async () => {
    const { backend } = createBackend();
    await backend.set("a", "1");
    await backend.set("b", "2");
    expect(await backend.delete(["a", "a", "none", "b"])).toBe(2);
    expect(await backend.delete([])).toBe(0);
    expect(await backend.getMany(["a", "b"])).toEqual([null, null]);
  });

  it("are rejected if they are read as the wrong type", async () => {
    const { backend } = createBackend();
    const makeHash = twin((store, [key]) => {
      store.hashSet(key!, "field", "value");
      return null;
    });
    await backend.run(makeHash, keys, []);
    await expect(backend.get(keys[0]!)).rejects.toMatchObject({
      code: "BACKEND_REJECTED",
      operation: "get",
      outcome: "not-applied",
    });
    expect(await backend.set(keys[0]!, "value")).toBe(true);
    expect(await backend.get(keys[0]!)).toBe("value");
  });
});

describe("run", () => {
  it("passes keys and arguments to the twin, and returns its reply", async () => {
    const { backend } = createBackend();
    const echo = twin((store, [first, second], args) => [first!, second!, ...args, store.now]);
    expect(await backend.run(echo, keys, ["a", "b"])).toEqual([...keys, "a", "b", 1_000]);
    expect(await backend.run(echo, keys, [], { nowMs: 5 })).toEqual([...keys, 5]);
  });

  it("refuses keys of different slots, or the wrong number of keys, before anything runs", async () => {
    const { backend } = createBackend();
    const never = twin(() => expect.fail("it ran"));
    await expect(backend.run(never, ["{a}:1", "{b}:2"], [])).rejects.toMatchObject({ field: "keys[1]" });
    await expect(backend.run(never, ["{a}:1"], [])).rejects.toThrow(
      "keys: test-step needs exactly these keys: first, second",
    );
  });

  it("undoes a step that fails, and doesn't reveal anything that was in it", async () => {
    const { backend } = createBackend();
    const failing = twin((store, [key], [value]) => {
      store.set(key!, value!);
      return JSON.parse(value!) as string;
    });
    const error = await failureOf(backend.run(failing, keys, [secret]));
    expect(error).toMatchObject({
      code: "BACKEND_REJECTED",
      message: "test-step failed with a SyntaxError",
      operation: "run:test-step",
      outcome: "not-applied",
    });
    expect(inspect(error, { depth: 10 })).not.toContain(secret);
    expect(await backend.get(keys[0]!)).toBeNull();
  });

  it("says that the outcome is unknown when the reply can't be read", async () => {
    const { backend } = createBackend();
    const unreadable = defineScript<readonly string[], RawReply>({
      ...twin((store, [key]) => {
        store.set(key!, "written");
        return secret;
      }),
      reply: (raw) => JSON.parse(String(raw)) as string,
    });
    const error = await failureOf(backend.run(unreadable, keys, []));
    expect(error).toMatchObject({ code: "BACKEND_REPLY_INVALID", operation: "run:test-step", outcome: "unknown" });
    expect(inspect(error, { depth: 10 })).not.toContain(secret);
    expect(await backend.get(keys[0]!)).toBe("written");
  });

  it("fails with BACKEND_FULL if a step's keys must stay and don't fit", async () => {
    const backend = createMemoryBackend({ maxBytes: 1_000 });
    const fill = twin((store, [key], [value]) => {
      store.set(key!, value!);
      return null;
    });
    await expect(backend.run(fill, keys, ["x".repeat(1_000)])).rejects.toMatchObject({
      code: "BACKEND_FULL",
      operation: "run:test-step",
      outcome: "not-applied",
    });
    await expect(backend.set("key", "x".repeat(1_000))).rejects.toMatchObject({ code: "BACKEND_FULL" });
    expect(await backend.set("key", "x")).toBe(true);
  });
});

describe("messages", () => {
  it("arrive in order, after the publisher has continued, and once for each subscription", async () => {
    const { backend } = createBackend();
    const seen: string[] = [];
    await backend.subscribe("news", (message) => void seen.push(`1:${message}`));
    await backend.subscribe("news", (message) => void seen.push(`2:${message}`));
    await backend.subscribe("other", (message) => void seen.push(`3:${message}`));
    const published = [backend.publish("news", "a"), backend.publish("news", "b")];
    expect(seen).toEqual([]);
    await Promise.all(published);
    expect(seen).toEqual(["1:a", "2:a", "1:b", "2:b"]);
  });

  it("stop when the subscription ends, by its function or its signal, even if they are on their way", async () => {
    const { backend } = createBackend();
    const seen: string[] = [];
    const controller = new AbortController();
    const end = await backend.subscribe("news", (message) => void seen.push(`1:${message}`));
    await backend.subscribe("news", (message) => void seen.push(`2:${message}`), { signal: controller.signal });
    await backend.publish("news", "a");
    const published = backend.publish("news", "b");
    controller.abort();
    await published;
    await end();
    await end();
    await backend.publish("news", "c");
    expect(seen).toEqual(["1:a", "2:a", "1:b"]);
  });

  it("reach the other listeners if one throws or rejects", async () => {
    const { backend } = createBackend();
    const seen: string[] = [];
    const rejections: unknown[] = [];
    const record = (reason: unknown) => void rejections.push(reason);
    process.on("unhandledRejection", record);
    try {
      await backend.subscribe("news", () => {
        throw new Error("listener");
      });
      await backend.subscribe("news", async () => {
        throw new Error("async listener");
      });
      await backend.subscribe("news", (message) => void seen.push(message));
      await backend.publish("news", "a");
      await backend.publish("news", "b");
      // Unhandled rejections are reported before the next turn of the event loop.
      await new Promise(setImmediate);
    } finally {
      process.off("unhandledRejection", record);
    }
    expect(seen).toEqual(["a", "b"]);
    expect(rejections).toEqual([]);
  });

  it("may be published by a listener, and are delivered after earlier ones", async () => {
    const { backend } = createBackend();
    const seen: string[] = [];
    await backend.subscribe("news", (message) => {
      seen.push(message);
      if (message === "a") void backend.publish("news", "reaction");
    });
    await Promise.all([backend.publish("news", "a"), backend.publish("news", "b")]);
    await backend.ping();
    expect(seen).toEqual(["a", "b", "reaction"]);
  });
});

const calls: Record<string, (backend: KeyValueBackend, options?: { signal?: AbortSignal }) => Promise<unknown>> = {
  get: (backend, options) => backend.get("key", options),
  getMany: (backend, options) => backend.getMany(["key"], options),
  set: (backend, options) => backend.set("key", "value", options),
  delete: (backend, options) => backend.delete(["key"], options),
  "run:test-step": (backend, options) =>
    backend.run(
      twin(() => null),
      keys,
      [],
      options,
    ),
  publish: (backend, options) => backend.publish("news", "a", options),
  subscribe: (backend, options) => backend.subscribe("news", () => undefined, options),
  ping: (backend, options) => backend.ping(options),
};

describe.each(Object.entries(calls))("%s", (operation, call) => {
  it("rejects with the reason of an aborted signal", async () => {
    const { backend } = createBackend();
    const reason = new Error("not needed any more");
    await expect(call(backend, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(await backend.get("key")).toBeNull();
  });

  it("fails once the backend is closed", async () => {
    const { backend } = createBackend();
    await backend.close();
    await backend.close();
    await expect(call(backend)).rejects.toMatchObject({ code: "BACKEND_CLOSED", operation, outcome: "not-applied" });
  });
});

describe("close", () => {
  it("ends subscriptions, and is called by `await using`", async () => {
    const { backend } = createBackend();
    const seen: string[] = [];
    await backend.subscribe("news", (message) => void seen.push(message));
    const published = backend.publish("news", "a");
    await (backend as unknown as AsyncDisposable)[Symbol.asyncDispose]();
    await published;
    expect(seen).toEqual([]);
    await expect(backend.ping()).rejects.toMatchObject({ code: "BACKEND_CLOSED" });
  });

  it("doesn't affect other backends, since they share nothing", async () => {
    const { backend } = createBackend();
    const other = createBackend().backend;
    await other.set("key", "value");
    expect(await backend.get("key")).toBeNull();
    await backend.close();
    expect(await other.get("key")).toBe("value");
  });
});
