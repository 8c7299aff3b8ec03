import { type RedisCluster, type RedisServer, startRedis, startRedisCluster } from "@keyward/test-kit";
import { Redis } from "ioredis";
import { Redis as Redis5 } from "ioredis-5";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { testOver, timeoutMs } from "./fixtures/conformance.ts";
import { createIoredisBackend } from "./ioredis-backend.ts";

// What an app with ioredis 5 installed gets when the backend makes the client itself.
vi.mock("ioredis", () => import("ioredis-5"));

it("is ioredis 5 that is tested here", () => {
  expect(Redis).toBe(Redis5);
});

describe("a single Redis with options, ioredis 5", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis({ password: "password" });
  });
  afterAll(() => server.stop());

  testOver(
    () => [server],
    () => createIoredisBackend({ url: server.url, timeoutMs }),
  );
});

describe("a Cluster with options, ioredis 5", () => {
  let cluster: RedisCluster;
  beforeAll(async () => {
    cluster = await startRedisCluster({ nodeTimeoutMs: 60_000 });
  });
  afterAll(() => cluster.stop());

  testOver(
    () => cluster.servers,
    () =>
      createIoredisBackend({ cluster: { nodes: cluster.nodes.map(({ host, port }) => ({ host, port })) }, timeoutMs }),
  );
});
