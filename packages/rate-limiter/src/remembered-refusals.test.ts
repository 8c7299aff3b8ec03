import { createMemoryBackend, type KeyValueBackend } from "@keyward/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createRateLimiter, type RateLimiterOptions } from "./index.ts";

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

  it("in shadow mode as elsewhere, and let through", async () => {
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
