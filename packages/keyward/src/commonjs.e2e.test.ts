import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import type * as Keyward from "./index.ts";

const { BackendError, createBackendFromEnv }: typeof Keyward = createRequire(import.meta.url)("keyward");

describe("the CommonJS build", () => {
  it("loads the backend over TCP into the same copy, so that its errors are instances of the app's classes", async () => {
    const backend = createBackendFromEnv({ REDIS_URL: "redis://127.0.0.1:1", REDIS_TIMEOUT_MS: "100" });
    await expect(backend.get("key")).rejects.toBeInstanceOf(BackendError);
    await backend.close();
  });
});
