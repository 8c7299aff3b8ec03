import { BackendError, type KeyValueBackend } from "@keyward/core";
import {
  askServer,
  increment,
  type RedisServer,
  startRedis,
  startTcpProxy,
  type TcpProxy,
  until,
} from "@keyward/test-kit";
import { Redis as Redis6 } from "ioredis";
import { Redis as Redis5 } from "ioredis-5";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ways } from "./fixtures/clients.ts";
import { createIoredisBackend } from "./ioredis-backend.ts";
import type { SharedOptions } from "./options.ts";

let server: RedisServer;
let proxy: TcpProxy;
let backend: KeyValueBackend;

beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

async function failureOf(call: Promise<unknown>): Promise<BackendError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BackendError);
  return error as BackendError;
}

const stored = (key: string) => askServer(server.options, "GET", key);

const sharing = [
  { way: "a shared client of ioredis 6", make: (port: number) => new Redis6({ port, lazyConnect: true }) },
  { way: "a shared client of ioredis 5", make: (port: number) => new Redis5({ port, lazyConnect: true }) },
].map(({ way, make }) => ({
  way,
  create: (address: { readonly port: number }, options: SharedOptions) => {
    const client = make(address.port);
    client.on("error", () => {});
    return { backend: createIoredisBackend({ client, shareConnection: true, ...options }), client };
  },
}));

describe.each(sharing)("outcomes with $way", ({ create }) => {
  it("are the same when a reply is lost, although the client would send again", async () => {
    await askServer(server.options, "FLUSHALL");
    proxy = await startTcpProxy(server);
    const shared = create(proxy, { timeoutMs: 10_000 });
    await shared.backend.run(increment, ["n"], { by: 1 });
    proxy.mode = "cut-at-reply";
    const lost = failureOf(shared.backend.run(increment, ["n"], { by: 1 }));
    await until("the connection was cut", () => shared.client.status !== "ready");
    proxy.mode = "pass";
    expect(await lost).toMatchObject({ code: "BACKEND_UNAVAILABLE", outcome: "unknown" });
    expect(await shared.backend.run(increment, ["n"], { by: 1 })).toBe(3);
    await shared.backend.close();
    shared.client.disconnect();
    await proxy.stop();
  });
});

describe.each(ways)("outcomes with $way", ({ create }) => {
  beforeEach(async () => {
    await askServer(server.options, "FLUSHALL");
    proxy = await startTcpProxy(server);
    backend = create(proxy, { timeoutMs: 2_000 }).backend;
  });
  afterEach(async () => {
    await backend.close();
    await proxy.stop();
  });

  it("applies a script once when its reply is lost, and says that it doesn't know", async () => {
    await backend.run(increment, ["n"], { by: 1 });
    proxy.mode = "cut-at-reply";
    const error = await failureOf(backend.run(increment, ["n"], { by: 1 }));
    proxy.mode = "pass";
    expect(error).toMatchObject({ code: "BACKEND_UNAVAILABLE", outcome: "unknown", operation: "run:increment" });
    // The connection is back, so whatever would have been sent again has been.
    await backend.ping({ timeoutMs: 5_000 });
    expect(await stored("n")).toBe("2");
  });

  it("doesn't know either when nobody answers in time", async () => {
    await backend.ping();
    proxy.mode = "swallow-replies";
    const error = await failureOf(backend.set("key", "value", { timeoutMs: 60 }));
    expect(error).toMatchObject({ code: "BACKEND_TIMEOUT", outcome: "unknown", retryable: true });
    expect(await stored("key")).toBe("value");
  });

  it("reads again when the reply to a read was lost", async () => {
    await backend.set("key", "value");
    proxy.mode = "cut-at-reply";
    const reading = backend.get("key", { timeoutMs: 10_000 });
    await until("the first attempt was cut", () => proxy.accepted > 1);
    proxy.mode = "pass";
    expect(await reading).toBe("value");
  });

  it("has applied nothing when nobody listens, and waits no longer than its deadline", async () => {
    await proxy.refuse();
    const start = performance.now();
    const error = await failureOf(backend.run(increment, ["n"], { by: 1 }, { timeoutMs: 250 }));
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(error).toMatchObject({ code: "BACKEND_UNAVAILABLE", outcome: "not-applied", retryable: true });
  });

  it("serves the call under way when the store comes up before the deadline", async () => {
    await proxy.refuse();
    const waiting = backend.run(increment, ["n"], { by: 1 }, { timeoutMs: 10_000 });
    await proxy.accept();
    expect(await waiting).toBe(1);
    expect(await stored("n")).toBe("1");
  });

  it("sends nothing late: what wasn't sent by the deadline never is", async () => {
    proxy.mode = "stall";
    const error = await failureOf(backend.run(increment, ["n"], { by: 1 }, { timeoutMs: 60 }));
    expect(error.outcome).toBe("not-applied");
    proxy.mode = "pass";
    expect(await backend.run(increment, ["n"], { by: 10 }, { timeoutMs: 10_000 })).toBe(10);
  });

  it("ends the wait of an aborted call with the signal's reason", async () => {
    await backend.ping();
    proxy.mode = "swallow-replies";
    const abort = new AbortController();
    const reason = new Error("the user went away");
    const waiting = backend.get("key", { signal: abort.signal, timeoutMs: 10_000 });
    abort.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    await expect(backend.get("key", { signal: abort.signal })).rejects.toBe(reason);
  });

  it("ends pending calls when it is closed, connected or not", async () => {
    await backend.ping();
    proxy.mode = "swallow-replies";
    const sent = failureOf(backend.set("key", "value", { timeoutMs: 60_000 }));
    await until("the value was written", async () => (await stored("key")) === "value");
    await proxy.refuse();
    const lost = await sent;
    expect(lost.outcome).toBe("unknown");
    const unsent = failureOf(backend.set("other", "value", { timeoutMs: 60_000 }));
    await backend.close();
    expect(await unsent).toMatchObject({ code: "BACKEND_CLOSED", outcome: "not-applied", retryable: false });
    expect(await failureOf(backend.ping())).toMatchObject({ code: "BACKEND_CLOSED" });
    await backend.close();
  });

  it("doesn't know of a write that was sent when it is closed", async () => {
    await backend.ping();
    proxy.mode = "swallow-replies";
    const sent = failureOf(backend.set("key", "value", { timeoutMs: 60_000 }));
    await until("the value was written", async () => (await stored("key")) === "value");
    await backend.close();
    expect(await sent).toMatchObject({ code: "BACKEND_CLOSED", outcome: "unknown" });
  });

  it("gives up a connection that went silent, and makes another", async () => {
    await backend.ping();
    const before = proxy.accepted;
    proxy.mode = "swallow-replies";
    await until("another connection is made", async () => {
      await failureOf(backend.get("key", { timeoutMs: 100 }));
      return proxy.accepted > before;
    });
    proxy.mode = "pass";
    proxy.cut();
    expect(await backend.get("key", { timeoutMs: 10_000 })).toBeNull();
  });
});
