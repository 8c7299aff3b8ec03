import { testBackend } from "@keyward/conformance";
import { withFallback } from "@keyward/core";
import { askServer, type RedisServer, startRedis } from "@keyward/test-kit";
import { afterAll, beforeAll, describe } from "vitest";
import { timeoutMs } from "./fixtures/conformance.ts";
import { createIoredisBackend } from "./ioredis-backend.ts";

describe("withFallback over a single Redis", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  const create = () => withFallback(createIoredisBackend({ ...server.options, prefix: "app:", timeoutMs }));
  testBackend(create, {
    capabilities: { reach: "shared", push: true, billedPerCommand: false, hearsOfReplicas: true },
    createSecond: create,
    async stall() {
      server.freeze();
      return () => server.thaw();
    },
    async disconnect() {
      await askServer(server.options, "CLIENT", "KILL", "TYPE", "normal");
      await askServer(server.options, "CLIENT", "KILL", "TYPE", "pubsub");
    },
  });
});
