import { type BackendExpectations, testBackend } from "@keyward/conformance";
import {
  disconnectClients,
  type RedisCluster,
  type RedisServer,
  startRedis,
  startRedisCluster,
  until,
} from "@keyward/test-kit";
import { startUpstashServer, type UpstashServer } from "@keyward/upstash-local";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createBackendFromEnv, type Environment, type KeywardEvent } from "./index.ts";

const capabilities = { reach: "shared", push: true, billedPerCommand: false, hearsOfReplicas: true } as const;
/** More than the default: not the speed of the machine that runs the tests is in question. */
const tuning = { REDIS_TIMEOUT_MS: "1000", REDIS_PREFIX: "app:" };

function testEnvironment(read: () => Environment, faults: Partial<BackendExpectations> = {}): void {
  const create = () => createBackendFromEnv({ ...tuning, ...read() });
  testBackend(create, { capabilities, createSecond: create, ...faults });
}

describe("createBackendFromEnv with a single Redis", () => {
  const password = " p@ss:w/rd % ";
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis({ password });
  });
  afterAll(() => server.stop());

  describe("by its URL", () => {
    testEnvironment(() => ({ REDIS_URL: server.url }), {
      async stall() {
        server.freeze();
        return () => server.thaw();
      },
      disconnect: () => disconnectClients(server.options),
    });
  });

  describe("in parts", () => {
    testEnvironment(() => {
      const { host, port } = server.options;
      return { REDIS_HOST: host, REDIS_PORT: `${port}`, REDIS_DB: "3", REDIS_PASSWORD: password };
    });
  });

  describe("whose commands are counted", () => {
    testEnvironment(() => ({ REDIS_URL: server.url, REDIS_COMMANDS_PER_MONTH: "500000" }));

    it("tells the observer at 80 % of them, and goes on beyond all", async () => {
      const events: KeywardEvent[] = [];
      const environment = { ...tuning, REDIS_URL: `${server.url}/1`, REDIS_COMMANDS_PER_MONTH: "20" };
      const backend = createBackendFromEnv(environment, { observer: (event) => events.push(event) });
      await until("all are used", async () => {
        await backend.get("key");
        return events.some((event) => "share" in event && event.share === 1);
      });
      const shares = events.flatMap((event) => ("share" in event ? [event.share] : []));
      expect(shares).toEqual([0.8, 0.95, 1]);
      expect(await backend.get("key")).toBeNull();
      await backend.close();
    });
  });
});

describe("createBackendFromEnv with a store over REST", () => {
  let server: RedisServer;
  let rest: UpstashServer;
  beforeAll(async () => {
    server = await startRedis();
    rest = await startUpstashServer({ redis: server.url, maxRequestBytes: 10 * 1024 * 1024 });
  });
  afterAll(async () => {
    await rest.close();
    await server.stop();
  });

  const create = () =>
    createBackendFromEnv({ KV_REST_API_URL: rest.url, KV_REST_API_TOKEN: rest.token, REDIS_TIMEOUT_MS: "2000" });
  testBackend(create, {
    capabilities: { reach: "shared", push: true, billedPerCommand: true },
    createSecond: create,
  });
});

describe("createBackendFromEnv with a Redis Cluster", () => {
  const password = "p@ss";
  let cluster: RedisCluster;
  beforeAll(async () => {
    cluster = await startRedisCluster({ password });
  });
  afterAll(() => cluster.stop());

  testEnvironment(() => {
    const nodes = cluster.nodes.slice(0, 2).map(({ host, port }) => `${host}:${port}`);
    return { REDIS_CLUSTER_NODES: nodes.join(","), REDIS_PASSWORD: password };
  });
});
