import { Redis } from "@upstash/redis";
import { Redis as OldestRedis } from "upstash-redis-oldest";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type RestStore, startRestStore, testOver, timeoutMs } from "./fixtures/serve.ts";
import { createUpstashBackend } from "./upstash-backend.ts";

// For an app with the oldest version that is allowed.
vi.mock("@upstash/redis", () => import("upstash-redis-oldest"));

it("runs on the oldest version that is allowed", () => {
  expect(Redis).toBe(OldestRedis);
});

describe("with the oldest version of the client", () => {
  let store: RestStore;
  beforeAll(async () => {
    store = await startRestStore();
  });
  afterAll(() => store.stop());

  testOver(
    () => store,
    () => {
      const { url, token } = store.rest;
      return createUpstashBackend({ client: new Redis({ url, token }), timeoutMs });
    },
  );
});
