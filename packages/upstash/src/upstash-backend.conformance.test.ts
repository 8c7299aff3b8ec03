import { Redis } from "@upstash/redis";
import { afterAll, beforeAll, describe } from "vitest";
import { type RestStore, startRestStore, testOver, timeoutMs } from "./fixtures/serve.ts";
import { createUpstashBackend } from "./upstash-backend.ts";

let store: RestStore;
beforeAll(async () => {
  store = await startRestStore();
});
afterAll(() => store.stop());

describe("with an address", () => {
  testOver(
    () => store,
    () => createUpstashBackend({ url: store.rest.url, token: store.rest.token, prefix: "app:", timeoutMs }),
  );
});

describe("with the app's client, whatever its settings", () => {
  testOver(
    () => store,
    () => {
      const client = new Redis({ url: store.rest.url, token: store.rest.token });
      return createUpstashBackend({ client, timeoutMs });
    },
  );
});
