import { expect, it } from "vitest";
import { createMemoryBackend } from "./memory-backend.ts";

it("keeps a value until its time is up", async () => {
  let now = 1_000;
  const backend = createMemoryBackend({ now: () => now });
  expect(await backend.set("key", "value", { ttlMs: 10 })).toBe(true);
  now += 9;
  expect(await backend.get("key")).toBe("value");
  now += 1;
  expect(await backend.get("key")).toBeNull();
});
