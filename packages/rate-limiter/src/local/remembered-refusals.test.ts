import { createMemoryBackend, type KeyValueBackend } from "@keyward/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RateLimitDecision } from "../check/decision.ts";
import { createRateLimiter, type RateLimiterOptions } from "../index.ts";
import { RememberedRefusals } from "./remembered-refusals.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Counts the questions that reach a store of which a day's limit is spent. */
async function spent(billedPerCommand: boolean, options: Partial<RateLimiterOptions> = {}) {
  const memory = createMemoryBackend();
  const run = vi.fn(memory.run.bind(memory));
  const backend: KeyValueBackend = Object.create(memory, {
    capabilities: { value: { reach: "shared", push: false, billedPerCommand } },
    run: { value: run },
    delete: { value: memory.delete.bind(memory) },
  });
  const limiter = createRateLimiter({ backend, limits: [{ limit: 2, window: "1d" }], ...options });
  await limiter.check("a", { cost: 2 });
  await limiter.check("a");
  run.mockClear();
  return { limiter, run };
}

describe("a refusal is remembered", () => {
  it.each([
    ["5 s", false, {}, 5_000],
    ["a minute where commands are billed", true, {}, 60_000],
    ["as long as it is told", true, { rememberRefusals: "10m" }, 600_000],
  ] as const)("for %s", async (_, billed, options, rememberedMs) => {
    const { limiter, run } = await spent(billed, options);
    await vi.advanceTimersByTimeAsync(rememberedMs - 1);
    expect(await limiter.check("a")).toMatchObject({ allowed: false, reason: "local", remaining: 0 });
    expect(run).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(await limiter.check("a")).toMatchObject({ allowed: false, reason: "quota" });
    expect(run).toHaveBeenCalledOnce();
  });

  it("never, if so chosen", async () => {
    const { limiter, run } = await spent(true, { rememberRefusals: 0 });
    await limiter.check("a");
    expect(run).toHaveBeenCalledOnce();
  });

  it("in shadow mode as well, and let through", async () => {
    const { limiter, run } = await spent(false, { mode: "shadow", rememberRefusals: "1s" });
    expect(await limiter.check("a")).toMatchObject({ allowed: true, shadowed: true, reason: "local" });
    expect(run).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await limiter.check("a")).toMatchObject({ allowed: true, shadowed: true, reason: "quota" });
  });

  it("for its cost and more, and not for less", async () => {
    const { limiter, run } = await spent(false);
    await limiter.reset("a");
    await limiter.check("a");
    await limiter.check("a", { cost: 2 });
    run.mockClear();
    expect((await limiter.check("a", { cost: 2 })).reason).toBe("local");
    expect(run).not.toHaveBeenCalled();
    expect((await limiter.check("a")).allowed).toBe(true);
  });
});

describe("RememberedRefusals", () => {
  const policy = { rules: [{ name: "1m", limit: 5, windowMs: 60_000, burst: 5, cells: 32 }] };
  const refusal: RateLimitDecision = {
    allowed: false,
    reason: "quota",
    limit: 5,
    remaining: 1,
    retryAfterMs: 3_000,
    resetAt: 0,
    windows: [],
    cost: 2,
    shadowed: false,
  };
  let refusals: RememberedRefusals;

  beforeEach(() => {
    refusals = new RememberedRefusals(10, 5_000);
    refusals.remember("a", policy, refusal, 100);
  });

  it("refuses the same cost or more until the refused one fits, under the same policy only", () => {
    expect(refusals.find("a", policy, 2, 1_100)).toMatchObject({
      allowed: false,
      reason: "local",
      retryAfterMs: 2_000,
    });
    expect(refusals.find("a", policy, 5, 1_100)).toMatchObject({ cost: 5, retryAfterMs: 2_000 });
    expect(refusals.find("a", policy, 1, 1_100)).toBeUndefined();
    expect(refusals.find("a", { ...policy }, 2, 1_100)).toBeUndefined();
    expect(refusals.find("a", policy, 2, 3_100)).toBeUndefined();
  });

  it("never tells a caller to wait for a cost that no window can hold", () => {
    expect(refusals.find("a", policy, 6, 1_100)).toMatchObject({ retryAfterMs: Number.POSITIVE_INFINITY });
  });
});
