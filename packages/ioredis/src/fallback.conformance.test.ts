import { withFallback } from "@keyward/core";
import { type RedisServer, startRedis } from "@keyward/test-kit";
import { afterAll, beforeAll, describe } from "vitest";
import { testOver, timeoutMs } from "./fixtures/conformance.ts";
import { createIoredisBackend } from "./ioredis-backend.ts";

describe("withFallback over a single Redis", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  testOver(
    () => [server],
    () => withFallback(createIoredisBackend({ ...server.options, prefix: "app:", timeoutMs })),
  );
});
