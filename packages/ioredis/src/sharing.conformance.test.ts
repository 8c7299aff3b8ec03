import type { KeyValueBackend } from "@keyward/core";
import { askServer, increment, type RedisServer, startRedis } from "@keyward/test-kit";
import { Redis as Redis6 } from "ioredis";
import { Redis as Redis5 } from "ioredis-5";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { timeoutMs } from "./fixtures/conformance.ts";
import { createIoredisBackend } from "./ioredis-backend.ts";

let server: RedisServer;
let client: Redis5 | Redis6;
let backend: KeyValueBackend;

beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());
beforeEach(async () => {
  await askServer(server.options, "FLUSHALL");
});
afterEach(async () => {
  await backend.close();
  client?.disconnect();
});

/** Connections but the one that asks. */
async function connections(type: "normal" | "pubsub" = "normal"): Promise<number> {
  const list = String(await askServer(server.options, "CLIENT", "LIST", "TYPE", type));
  return list.trim().split("\n").filter(Boolean).length - (type === "normal" ? 1 : 0);
}

describe("createIoredisBackend with options", () => {
  it("opens nothing before it is used", async () => {
    const before = await connections();
    backend = createIoredisBackend({ host: server.host, port: server.port, timeoutMs });
    expect(await connections()).toBe(before);
    await backend.ping();
    expect(await connections()).toBe(before + 1);
  });

  it("has one more connection for all its subscriptions, and none without", async () => {
    backend = createIoredisBackend({ url: server.url, timeoutMs });
    await backend.ping();
    expect(await connections("pubsub")).toBe(0);
    await Promise.all(["a", "b", "c"].map((channel) => backend.subscribe(channel, () => {})));
    expect(await connections("pubsub")).toBe(1);
    await backend.close();
  });
});

describe.each([
  { version: 6, make: (options: object = {}) => new Redis6({ port: server.port, ...options }) },
  { version: 5, make: (options: object = {}) => new Redis5({ port: server.port, ...options }) },
])("a client of ioredis $version", ({ make }) => {
  it("is left alone when it may send twice: the backend has a connection of its own", async () => {
    client = make({ lazyConnect: true });
    backend = createIoredisBackend({ client, timeoutMs });
    expect(await backend.run(increment, ["n"], { by: 1 })).toBe(1);
    expect(client.status).toBe("wait");
  });

  it("is used as it is when it sends nothing twice", async () => {
    client = make({ maxRetriesPerRequest: 0 });
    await client.ping();
    const before = await connections();
    backend = createIoredisBackend({ client, timeoutMs });
    expect(await backend.run(increment, ["n"], { by: 1 })).toBe(1);
    expect(await connections()).toBe(before);
  });

  it("is used as it is with shareConnection, and outlives the backend", async () => {
    client = make();
    await client.ping();
    const before = await connections();
    backend = createIoredisBackend({ client, shareConnection: true, timeoutMs });
    expect(await backend.run(increment, ["n"], { by: 1 })).toBe(1);
    expect(await connections()).toBe(before);
    await backend.close();
    expect(await client.ping()).toBe("PONG");
  });

  it("keeps its own keyPrefix in force for keys, before the backend's", async () => {
    client = make({ keyPrefix: "theirs:", maxRetriesPerRequest: 0 });
    backend = createIoredisBackend({ client, prefix: "ours:", timeoutMs });
    await backend.set("key", "value");
    await backend.run(increment, ["n"], { by: 1 });
    expect(await backend.getMany(["key", "n"])).toEqual(["value", "1"]);
    expect((await askServer(server.options, "KEYS", "*")) as string[]).toEqual(
      expect.arrayContaining(["theirs:ours:key", "theirs:ours:n"]),
    );
  });

  it("may pipeline by itself or have numbers as text: the backend isn't touched by it", async () => {
    client = make({ enableAutoPipelining: true, stringNumbers: true });
    backend = createIoredisBackend({ client, timeoutMs });
    const sums = await Promise.all([1, 2, 3].map((by) => backend.run(increment, ["n"], { by })));
    expect(sums).toEqual([1, 3, 6]);
    expect(await backend.delete(["n"])).toBe(1);
  });
});
