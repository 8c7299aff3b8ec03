import { BackendError, createMemoryBackend, type KeyValueBackend } from "@keyward/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createRateLimiter, type FallbackLimiter, type RateLimiterOptions } from "./index.ts";

const warn = vi.spyOn(console, "warn");
beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 });
  warn.mockReset().mockImplementation(() => undefined);
});
afterEach(() => {
  vi.useRealTimers();
});

const limits = [{ limit: 4, window: "1m" as const }];

/** Of a store that other instances share, and nobody reaches. */
function lostStore(reach: "shared" | "off" = "shared"): KeyValueBackend {
  const lost = async () => {
    throw new BackendError("BACKEND_UNAVAILABLE", "gone", {
      operation: "run",
      outcome: "not-applied",
      retryable: true,
    });
  };
  return Object.create(createMemoryBackend(), {
    capabilities: { value: { reach, push: false, billedPerCommand: false } },
    run: { value: lost },
    delete: { value: lost },
  });
}

const limiterOver = (fallback: unknown, options: Partial<RateLimiterOptions> = {}) =>
  createRateLimiter({ limits, backend: lostStore(), fallback: fallback as FallbackLimiter, ...options });

it("a cost beyond this instance's part is refused for now, and one beyond the limit for good", async () => {
  const limiter = createRateLimiter({ limits, backend: lostStore(), expectedInstances: 4 });
  expect(await limiter.check("a", { cost: 4 })).toMatchObject({ allowed: false, retryAfterMs: 30_000 });
  expect(await limiter.check("a", { cost: 5 })).toMatchObject({ allowed: false, retryAfterMs: Infinity });
});

it("a refusal for want of the store isn't remembered: it may be back", async () => {
  const limiter = createRateLimiter({ limits, backend: lostStore(), onBackendError: "deny" });
  for (let count = 0; count < 2; count += 1) {
    expect(await limiter.check("a")).toMatchObject({ allowed: false, reason: "degraded" });
  }
});

it("a reset and a block that fail have done nothing here either", async () => {
  const backend = lostStore();
  const limiter = createRateLimiter({ limits: [{ limit: 1, window: "1m" }], backend });
  await limiter.check("a");
  await expect(limiter.reset("a")).rejects.toThrow(BackendError);
  await expect(limiter.block("b", "1m")).rejects.toThrow(BackendError);
  expect((await limiter.check("a")).allowed).toBe(false);
  expect((await limiter.check("b")).allowed).toBe(true);
});

describe("a limiter in place of the store", () => {
  it("decides, as degraded", async () => {
    const limiter = limiterOver(createRateLimiter({ limits: [{ limit: 1, window: "1m" }] }));
    expect(await limiter.check("a")).toMatchObject({ allowed: true, reason: "degraded", limit: 1, remaining: 0 });
    expect(await limiter.check("a")).toMatchObject({ allowed: false, reason: "degraded", retryAfterMs: 60_000 });
  });

  it("loses nothing to a peek, whether it has one or not", async () => {
    const inner = createRateLimiter({ limits: [{ limit: 1, window: "1m" }] });
    for (const fallback of [inner, { check: inner.check.bind(inner) }]) {
      expect(await limiterOver(fallback).peek("a")).toMatchObject({ allowed: true, remaining: 1, cost: 1 });
    }
    expect(await limiterOver(inner).peek("a", { cost: 2 })).toMatchObject({ allowed: false });
  });

  it("gives no receipt: what it took can't be given back here", async () => {
    const limiter = limiterOver({ check: async () => ({ allowed: true, receipt: {} }) });
    expect(await limiter.check("a")).not.toHaveProperty("receipt");
  });

  it.each([0, undefined, Number.NaN, -1])(
    "that refuses and says to come back in %s ms is asked a second later",
    async (ms) => {
      const check = vi.fn(async () => ({ allowed: false, retryAfterMs: ms, limit: undefined }));
      const limiter = limiterOver({ check });
      expect(await limiter.check("a")).toMatchObject({ limit: 4, retryAfterMs: 1_000 });
      const waited = limiter.wait("a", { maxWait: "3s" });
      await vi.advanceTimersByTimeAsync(4_000);
      expect((await waited).allowed).toBe(false);
      expect(check.mock.calls.length).toBeLessThanOrEqual(5);
    },
  );

  it.each([undefined, true, { success: true }, { allowed: "no" }])("is told that %j is no answer", async (answer) => {
    await expect(limiterOver({ check: async () => answer }).check("a")).rejects.toMatchObject({ field: "fallback" });
  });

  it("doesn't hold off an abort that comes while it is asked", async () => {
    const controller = new AbortController();
    const limiter = limiterOver({
      async check() {
        controller.abort("enough");
        return { allowed: false, retryAfterMs: 10_000 };
      },
    });
    await expect(limiter.wait("a", { signal: controller.signal })).rejects.toBe("enough");
  });
});

describe("an app without an observer", () => {
  it("is warned on the console that limits are decided without their store, once a minute for all limiters over it", async () => {
    const backend = lostStore();
    const limiters = ["a", "b"].map((name) => createRateLimiter({ limits, backend, name, onBackendError: "deny" }));
    const askAll = () => Promise.all(limiters.map((limiter) => limiter.check("user-7")));
    await askAll();
    await vi.advanceTimersByTimeAsync(59_999);
    await askAll();
    expect(warn.mock.calls).toEqual([[expect.stringContaining("(BACKEND_UNAVAILABLE, run)")]]);
    await vi.advanceTimersByTimeAsync(1);
    await askAll();
    expect(warn).toHaveBeenCalledTimes(2);
  });

  it.each<[string, () => RateLimiterOptions]>([
    ["it has an observer", () => ({ limits, backend: lostStore(), observer: () => undefined })],
    ["it gets the error", () => ({ limits, backend: lostStore(), onBackendError: "throw" })],
    ["the store is switched off", () => ({ limits, backend: lostStore("off") })],
  ])("isn't where %s", async (_, options) => {
    await createRateLimiter(options())
      .check("user-7")
      .catch(() => undefined);
    expect(warn).not.toHaveBeenCalled();
  });
});
