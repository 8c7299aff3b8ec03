import type { KeyValueBackend } from "@keyward/core";
import { adminClient, askServer, type RedisServer, startRedis, startTcpProxy, until } from "@keyward/test-kit";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { answering } from "../fixtures/answering.ts";
import { ways } from "../fixtures/clients.ts";

let server: RedisServer;
let backend: KeyValueBackend;

beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

const append = answering("append", 'return redis.call("APPEND", KEYS[1], ARGV[2])');
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
    const prepend = answering("prepend", 'return redis.call("SET", KEYS[1], ARGV[2] .. redis.call("GET", KEYS[1]))');
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
    const echo = answering("echo", "return { #KEYS, KEYS[1], KEYS[2], #ARGV, unpack(ARGV) }", ["one", "another"]);
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
    const spoil = answering("spoil", 'local before = ARGV[2] ARGV[2] = "spoilt" KEYS[1] = "spoilt" return before');
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

  it.each([
    ["by itself", 'local none = nil\nif ARGV[2] == "x" then\n  return none.field\nend\nreturn 1'],
    [
      "by what Redis answered",
      '\n\nif ARGV[2] == "x" then redis.call("INCR", "no number", "of arguments") end\nreturn 1',
    ],
    [
      "by a function of its own",
      'local fail = function()\n\n  return redis.call("GET") end\nreturn ARGV[2] == "x" and fail()',
    ],
  ])("name the line of a step that failed %s", async (_, lua) => {
    const fail = answering("fail", lua);
    const ended = await Promise.allSettled(["", "x", ""].map((input) => backend.run(fail, ["k"], [input])));
    expect(ended.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect((ended[1] as PromiseRejectedResult).reason.message).toMatch(/line 3 of the script/);
  });

  it.each(["OOM too much", "READONLY by choice", "NOSCRIPT at all"])(
    "that end after a write with the text %s, in which the server refuses, aren't taken for refused",
    async (text) => {
      const fail = answering("fail", `redis.call("APPEND", KEYS[1], "x") error("${text}", 0)`);
      const ended = await Promise.allSettled(range(3).map(() => backend.run(fail, ["text"], [], { timeoutMs: 300 })));
      for (const each of ended) {
        expect((each as PromiseRejectedResult).reason).toMatchObject({ code: "BACKEND_REJECTED", outcome: "unknown" });
      }
      expect(await backend.get("text")).toBe("xxx");
    },
  );

  it("answer in every shape", async () => {
    const shapes = answering(
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
      range(3).map(() => backend.run(append, ["text"], ["x"], { timeoutMs: 1_000 })),
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

  it("aren't held up by one whose count of commands fails, and are counted by another", async () => {
    const told: number[] = [];
    const throwing = () => {
      throw new Error("a counter's own trouble");
    };
    expect(await backend.run(append, ["text"], ["a"], { onSent: throwing })).toBe(1);
    const together = [throwing, undefined, throwing].map((onSent) =>
      backend.run(append, ["text"], ["b"], onSent && { onSent }),
    );
    expect(await Promise.all([...together, backend.get("text", { onSent: throwing })])).toEqual([2, 3, 4, "abbb"]);
    const onSent = (commands: number) => told.push(commands);
    await Promise.all(
      [undefined, onSent].map((each) => backend.run(append, ["text"], ["c"], each && { onSent: each })),
    );
    expect(told).toEqual([1]);
  });

  it("leave large ones alone, which would hold up the others", async () => {
    const size = answering("size", "return #ARGV[2]");
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

  it("bring a new connection where the server behind it has become a replica", async () => {
    const proxy = await startTcpProxy(server);
    const store = create(proxy, { timeoutMs: 5_000 }).backend;
    const appendTwice = (timeoutMs: number) =>
      Promise.allSettled(range(2).map(() => store.run(append, ["text"], ["x"], { timeoutMs })));
    await appendTwice(5_000);
    const before = proxy.accepted;
    await askServer(server.options, "REPLICAOF", "127.0.0.1", "1");
    // Too far away to be asked a second time before the deadline, by one alone.
    proxy.delayMs = 150;
    for (const each of await appendTwice(400)) {
      expect((each as PromiseRejectedResult).reason).toMatchObject({
        code: "BACKEND_UNAVAILABLE",
        outcome: "not-applied",
      });
    }
    proxy.delayMs = 0;
    await until("it has connected again", () => proxy.accepted > before);
    await askServer(server.options, "REPLICAOF", "NO", "ONE");
    await store.close();
    await proxy.stop();
  });
});
