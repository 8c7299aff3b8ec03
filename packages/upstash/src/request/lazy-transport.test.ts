import { expect, it, vi } from "vitest";
import { createUpstashBackend } from "../upstash-backend.ts";

it("says what to install if the client is missing, and that nothing was applied", async () => {
  vi.doMock("@upstash/redis", () => {
    throw new Error("Cannot find package '@upstash/redis'");
  });
  const backend = createUpstashBackend({ url: "https://store.example.com", token: "secret" });
  await expect(backend.set("key", "value")).rejects.toMatchObject({
    code: "BACKEND_REJECTED",
    outcome: "not-applied",
    retryable: false,
    message: expect.stringContaining("npm install @upstash/redis"),
  });
  vi.doUnmock("@upstash/redis");
  await backend.close();
});
