import { createMemoryBackend, withFallback } from "@keyward/core";
import { faultyBackend } from "@keyward/test-kit";
import { expect, test } from "vitest";
import { createRateLimiter } from "./index.ts";

/** A limiter that counts an eighth of 1,000 a day by itself, as its store is away. */
function limiterWithoutStore() {
  const backend = faultyBackend(createMemoryBackend(), () => ({ kind: "fail-before" }));
  return createRateLimiter({
    backend: { ...backend, capabilities: { ...backend.capabilities, reach: "shared" } },
    limits: [{ limit: 1_000, window: "1d" }],
    expectedInstances: 8,
  });
}

test("a cost above an instance's part is refused while the store is away, and not for good", async () => {
  const decision = await limiterWithoutStore().check("user-7", { cost: 126 });
  expect(decision).toMatchObject({ allowed: false, reason: "degraded", limit: 125, retryAfterMs: 30_000 });
});

test("a day's part that is used up is no reason to wait for a day: the store may be back", async () => {
  const limiter = limiterWithoutStore();
  expect(await limiter.check("user-7", { cost: 125 })).toMatchObject({ allowed: true, retryAfterMs: 0 });
  expect(await limiter.check("user-7")).toMatchObject({ allowed: false, retryAfterMs: 30_000 });
});

test("a cost above the limit itself is refused for good without the store, too", async () => {
  const decision = await limiterWithoutStore().check("user-7", { cost: 1_001 });
  expect(decision).toMatchObject({ allowed: false, retryAfterMs: Number.POSITIVE_INFINITY });
});

test("where the store is switched off nothing ends by waiting for it: a part that is used up is told exactly", async () => {
  const limiter = createRateLimiter({ backend: withFallback("off"), limits: [{ limit: 1, window: "1d" }] });
  await limiter.check("user-7");
  const { retryAfterMs } = await limiter.check("user-7");
  expect(retryAfterMs).toBeGreaterThan(86_000_000);
});
