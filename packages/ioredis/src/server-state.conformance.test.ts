import { BackendError, type KeyValueBackend } from "@keyward/core";
import { adminClient, askServer, increment, type RedisServer, startRedis, until } from "@keyward/test-kit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { answering } from "./fixtures/answering.ts";
import { ways } from "./fixtures/clients.ts";

let server: RedisServer;
let backend: KeyValueBackend;

beforeAll(async () => {
  server = await startRedis({ args: ["--lua-time-limit", "20"], appendOnly: true });
});
afterAll(() => server.stop());

describe.each(ways)("the state of the server with $way", ({ create }) => {
  beforeEach(async () => {
    await askServer(server.options, "FLUSHALL");
    backend = create(server.options, { timeoutMs: 2_000 }).backend;
  });
  afterEach(() => backend.close());

  it("fails within its deadline while the server is frozen", async () => {
    await backend.ping();
    server.freeze();
    const start = performance.now();
    await expect(backend.set("key", "value", { timeoutMs: 250 })).rejects.toMatchObject({
      code: "BACKEND_TIMEOUT",
      outcome: "unknown",
    });
    expect(performance.now() - start).toBeLessThan(2_000);
    server.thaw();
    await until("it answers again", async () => (await backend.ping({ timeoutMs: 1_000 })) >= 0);
  });

  it("finds the server again after a restart", async () => {
    await backend.run(increment, ["n"], { by: 1 });
    await server.restart({ kill: "SIGKILL" });
    expect(await backend.run(increment, ["n"], { by: 1 }, { timeoutMs: 10_000 })).toBe(2);
  });

  it("sends a script's text when the server has forgotten it", async () => {
    await backend.run(increment, ["n"], { by: 1 });
    await askServer(server.options, "SCRIPT", "FLUSH");
    expect(await backend.run(increment, ["n"], { by: 1 })).toBe(2);
  });

  it("waits out a script of somebody else's that keeps the server busy", async () => {
    const other = adminClient(server.options);
    const control = adminClient(server.options);
    // A busy server answers no greeting either.
    await Promise.all([control.ping(), backend.ping()]);
    const endless = other.call("EVAL", "while true do end", "0").catch(() => "killed");
    await until("the server is busy", async () =>
      control.call("GET", "n").then(
        () => false,
        (error: Error) => error.message.startsWith("BUSY"),
      ),
    );
    const waiting = backend.run(increment, ["n"], { by: 1 }, { timeoutMs: 10_000 });
    await control.call("SCRIPT", "KILL");
    expect(await endless).toBe("killed");
    expect(await waiting).toBe(1);
    other.disconnect();
    control.disconnect();
  });

  it("says that the store is full when it is, and that nothing was written", async () => {
    await backend.ping();
    await askServer(server.options, "CONFIG", "SET", "maxmemory", "1");
    const error = await backend.set("key", "value", { timeoutMs: 500 }).catch((reason: unknown) => reason);
    await askServer(server.options, "CONFIG", "SET", "maxmemory", "0");
    expect(error).toMatchObject({ code: "BACKEND_FULL", outcome: "not-applied", retryable: true });
    expect(await backend.get("key")).toBeNull();
  });

  it("refuses an integer that JavaScript can't hold rather than round it", async () => {
    const count = answering("count", 'return redis.call("INCRBY", KEYS[1], 1)');
    await backend.set("n", "9007199254740991");
    await expect(backend.run(count, ["n"], [])).rejects.toMatchObject({ code: "BACKEND_REPLY_INVALID" });
  });

  it("hands on every shape that a script may answer", async () => {
    const shapes = answering("shapes", 'return { "a", 7, false, redis.status_reply("OK"), "" }');
    expect(await backend.run(shapes, ["any"], [])).toEqual(["a", 7, null, "OK", ""]);
    await expect(backend.run(answering("nested", "return {{1}}"), ["any"], [])).rejects.toMatchObject({
      code: "BACKEND_REPLY_INVALID",
      outcome: "unknown",
    });
  });

  it("gives a script the time that stands for the clock, or none", async () => {
    const time = answering("time", "return { ARGV[1], ARGV[2] }");
    expect(await backend.run(time, ["any"], ["x"])).toEqual(["", "x"]);
    expect(await backend.run(time, ["any"], ["x"], { nowMs: 1_234 })).toEqual(["1234", "x"]);
  });

  it("doesn't know how far a script came that failed, and names the line", async () => {
    const half = answering("half", 'redis.call("SET", KEYS[1], "x")\nlocal none = nil\nreturn none.field');
    const error = await backend.run(half, ["k"], ["secret"]).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(BackendError);
    expect(error).toMatchObject({ code: "BACKEND_REJECTED", outcome: "unknown", retryable: false });
    expect((error as BackendError).message).toMatch(/line 3 of the script/);
  });

  it("calls the wrong type of a key a rejection, not an outage", async () => {
    await askServer(server.options, "HSET", "hash", "field", "value");
    await expect(backend.get("hash")).rejects.toMatchObject({ code: "BACKEND_REJECTED", outcome: "not-applied" });
  });
});
