import { BackendError, defineScript, type KeyValueBackend } from "@keyward/core";
import { adminClient, askServer, type RedisServer, startRedis, startTcpProxy, until } from "@keyward/test-kit";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ways } from "../fixtures/clients.ts";

let server: RedisServer;
let backend: KeyValueBackend;

beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

/** Whatever the script answers, as it is. */
const step = (name: string, lua: string, keys: readonly string[] = ["any"]) =>
  defineScript<readonly string[], unknown>({
    name,
    keys,
    args: (input) => input,
    reply: (raw) => raw,
    lua,
    memory: () => null,
  });

const append = step("append", 'return redis.call("APPEND", KEYS[1], ARGV[2])');
const range = (count: number) => Array.from({ length: count }, (_, index) => index);

async function scriptCommands(): Promise<number> {
  const stats = String(await askServer(server.options, "INFO", "commandstats"));
  return [...stats.matchAll(/cmdstat_eval(?:sha)?:calls=(\d+)/g)].reduce((sum, [, calls]) => sum + Number(calls), 0);
}

describe.each(ways)("script calls issued together, with $way", ({ create }) => {
  beforeEach(async () => {
    await askServer(server.options, "FLUSHALL");
    backend = create(server.options, { timeoutMs: 5_000 }).backend;
    await backend.ping();
  });
  afterEach(() => backend.close());

  it("travel sixteen to a command, and are applied in the order of issue", async () => {
    await backend.run(append, ["text"], [""]);
    await Promise.all(range(2).map(() => backend.run(append, ["text"], [""])));
    await askServer(server.options, "CONFIG", "RESETSTAT");
    const lengths = await Promise.all(range(100).map((index) => backend.run(append, ["text"], [`${index % 10}`])));
    expect(lengths).toEqual(range(100).map((index) => index + 1));
    expect(await backend.get("text")).toBe("0123456789".repeat(10));
    expect(await scriptCommands()).toBe(7);
  });

  it("keep their order with commands of other kinds and other scripts", async () => {
    const prepend = step("prepend", 'return redis.call("SET", KEYS[1], ARGV[2] .. redis.call("GET", KEYS[1]))');
    // A script that the server doesn't hold yet is sent a second time, and comes later.
    await backend.run(prepend, ["another text"], ["a"]).catch(() => undefined);
    await backend.run(append, ["text"], [""]);
    const read = [
      backend.run(append, ["text"], ["b"]),
      backend.run(append, ["text"], ["c"]),
      backend.get("text"),
      backend.run(prepend, ["text"], ["a"]),
      backend.run(append, ["text"], ["d"]),
      backend.get("text"),
    ];
    expect(await Promise.all(read)).toEqual([1, 2, "bc", "OK", 4, "abcd"]);
  });

  it("have each its own keys and arguments, however many", async () => {
    const echo = step("echo", "return { #KEYS, KEYS[1], KEYS[2], #ARGV, unpack(ARGV) }", ["one", "another"]);
    const letters = fc.array(fc.string({ unit: "binary", maxLength: 3 }), { maxLength: 4 });
    const calls = fc.array(fc.tuple(fc.constantFrom("a", "b"), letters), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(calls, async (inputs) => {
        const replies = await Promise.all(inputs.map(([key, args]) => backend.run(echo, [key, `{${key}}2`], args)));
        expect(replies).toEqual(inputs.map(([key, args]) => [2, key, `{${key}}2`, args.length + 1, "", ...args]));
      }),
      { numRuns: 50 },
    );
  });

  it("don't see what one before them did to its arguments", async () => {
    const spoil = step("spoil", 'local before = ARGV[2] ARGV[2] = "spoilt" KEYS[1] = "spoilt" return before');
    expect(await Promise.all(range(3).map(() => backend.run(spoil, ["k"], ["clean"])))).toEqual(Array(3).fill("clean"));
  });

  it("fail each by itself", async () => {
    await askServer(server.options, "HSET", "hash", "field", "value");
    const keys = ["text", "hash", "text", "hash", "text"];
    const ended = await Promise.allSettled(keys.map((key) => backend.run(append, [key], ["x"])));
    expect(ended.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "rejected", "fulfilled"]);
    expect((ended[1] as PromiseRejectedResult).reason).toMatchObject({
      code: "BACKEND_REJECTED",
      outcome: "unknown",
      operation: "run:append",
    });
    expect(await backend.get("text")).toBe("xxx");
  });

  it("name the line of a step that failed", async () => {
    const fail = step("fail", 'local none = nil\nif ARGV[2] == "x" then\n  return none.field\nend\nreturn 1');
    const ended = await Promise.allSettled(["", "x", ""].map((input) => backend.run(fail, ["k"], [input])));
    expect(ended.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    const { reason } = ended[1] as PromiseRejectedResult;
    expect(reason).toBeInstanceOf(BackendError);
    expect((reason as BackendError).message).toMatch(/line 3 of the script/);
  });

  it("answer in every shape", async () => {
    const shapes = step(
      "shapes",
      'return ({ a = "text", b = 7, c = { "x", 1, false }, d = redis.status_reply("OK"), f = false, g = {} })[ARGV[2]]',
    );
    const replies = await Promise.all([..."abcdefg"].map((letter) => backend.run(shapes, ["any"], [letter])));
    expect(replies).toEqual(["text", 7, ["x", 1, null], "OK", null, null, []]);
  });

  it("go on when the server has forgotten the script", async () => {
    await Promise.all(range(20).map(() => backend.run(append, ["text"], ["x"])));
    await askServer(server.options, "SCRIPT", "FLUSH");
    await askServer(server.options, "CONFIG", "RESETSTAT");
    await Promise.all(range(32).map(() => backend.run(append, ["text"], ["x"])));
    expect(await backend.get("text")).toBe("x".repeat(52));
    // Two that were refused, one with the script's text, and one that finds it again.
    expect(await scriptCommands()).toBe(4);
  });

  it("say each that the store is full, and that nothing was written", async () => {
    await askServer(server.options, "CONFIG", "SET", "maxmemory", "1");
    const ended = await Promise.allSettled(
      range(3).map(() => backend.run(append, ["text"], ["x"], { timeoutMs: 300 })),
    );
    await askServer(server.options, "CONFIG", "SET", "maxmemory", "0");
    for (const each of ended) {
      expect((each as PromiseRejectedResult).reason).toMatchObject({ code: "BACKEND_FULL", outcome: "not-applied" });
    }
    expect(await backend.get("text")).toBeNull();
  });

  it("travel without one that was given up before it left", async () => {
    const leaving = new AbortController();
    const ended = Promise.allSettled([
      backend.run(append, ["text"], ["a"]),
      backend.run(append, ["text"], ["b"], { signal: leaving.signal }),
      backend.run(append, ["text"], ["c"]),
    ]);
    leaving.abort();
    expect((await ended).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(await backend.get("text")).toBe("ac");
  });

  it("leave large ones alone, which would hold up the others", async () => {
    const size = step("size", "return #ARGV[2]");
    await backend.run(size, ["any"], [""]);
    await askServer(server.options, "CONFIG", "RESETSTAT");
    const texts = range(8).map(() => "x".repeat(3_000));
    expect(await Promise.all(texts.map((text) => backend.run(size, ["any"], [text])))).toEqual(Array(8).fill(3_000));
    expect(await scriptCommands()).toBe(8);
  });

  it("keep each its own deadline while the server is silent", async () => {
    server.freeze();
    const startedAt = performance.now();
    const impatient = backend.run(append, ["text"], ["a"], { timeoutMs: 100 });
    const patient = backend.run(append, ["text"], ["b"], { timeoutMs: 20_000 });
    await expect(impatient).rejects.toMatchObject({ code: "BACKEND_TIMEOUT", outcome: "unknown" });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    server.thaw();
    expect(await patient).toBe(2);
  });
});

describe.each(ways)("script calls issued together over a bad line, with $way", ({ create }) => {
  it("are each applied once when the reply is lost, and none knows", async () => {
    await askServer(server.options, "FLUSHALL");
    const proxy = await startTcpProxy(server);
    const store = create(proxy, { timeoutMs: 5_000 }).backend;
    await Promise.all(range(3).map(() => store.run(append, ["text"], ["x"])));
    proxy.mode = "cut-at-reply";
    const ended = await Promise.allSettled(range(3).map(() => store.run(append, ["text"], ["x"])));
    proxy.mode = "pass";
    for (const each of ended) {
      expect((each as PromiseRejectedResult).reason).toMatchObject({ code: "BACKEND_UNAVAILABLE", outcome: "unknown" });
    }
    await store.ping();
    expect(await askServer(server.options, "GET", "text")).toBe("xxxxxx");
    await store.close();
    await proxy.stop();
  });

  it("are sent once the connection that was lost meanwhile is back", async () => {
    await askServer(server.options, "FLUSHALL");
    const proxy = await startTcpProxy(server);
    const store = create(proxy, { timeoutMs: 10_000 }).backend;
    await store.ping();
    const admin = adminClient(server.options);
    const before = proxy.accepted;
    await admin.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    await until("the client has seen it", () => proxy.accepted > before);
    expect(await Promise.all(range(20).map(() => store.run(append, ["text"], ["x"])))).toEqual(
      range(20).map((index) => index + 1),
    );
    admin.disconnect();
    await store.close();
    await proxy.stop();
  });
});
