import { ConfigurationError, createMemoryBackend, type KeyValueBackend } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { createRateLimiter, type RateLimiterOptions, type RateLimitReceipt } from "./index.ts";

const limits = [{ limit: 1, window: "1m" as const }];

describe("createRateLimiter refuses, and names the field", () => {
  it.each<[field: string, options: unknown]>([
    ["options", null],
    ["limits", {}],
    ["limits", { limits: [] }],
    ["limits", { limits: Array.from({ length: 9 }, (_, index) => ({ limit: 1, window: index + 1 })) }],
    ["limits[0].limit", { limits: [{ limit: 0, window: "1m" }] }],
    ["limits[0].limit", { limits: [{ limit: 1.5, window: "1m" }] }],
    ["limits[0].limit", { limits: [{ limit: 1e13, window: "1m" }] }],
    ["limits[0].window", { limits: [{ limit: 1, window: "1 minute" }] }],
    ["limits[0].window", { limits: [{ limit: 1, window: "401d" }] }],
    ["limits[0].name", { limits: [{ limit: 1, window: "1m", name: 'a"b' }] }],
    ["limits[0]", { limits: [null] }],
    ["limits[0].windowMs", { limits: [{ limit: 1, windowMs: 60_000 }] }],
    ["limits[0].burts", { algorithm: "gcra", limits: [{ limit: 1, window: "1m", burts: 2 }] }],
    ["limits[0].burst", { limits: [{ limit: 1, window: "1m", burst: 2 }] }],
    ["limits[0].limit", { algorithm: "gcra", limits: [{ limit: 1e12, window: "1d" }] }],
    [
      "limits[1].window",
      {
        limits: [
          { limit: 1, window: "60s" },
          { limit: 2, window: "1m" },
        ],
      },
    ],
    [
      "limits[1].name",
      {
        limits: [
          { limit: 1, window: "1s", name: "a" },
          { limit: 2, window: "1m", name: "a" },
        ],
      },
    ],
    ["plans.pro", { limits, plans: { pro: [] } }],
    ["plans", { limits, plans: new Map([["pro", limits]]) }],
    ["plans", { limits, plans: [] }],
    ["plans", { limits, plans: null }],
    ["backend", { limits, backend: {} }],
    ["name", { limits, name: "a b" }],
    ["algorithm", { limits, algorithm: "toString" }],
    ["precision", { limits, precision: 1 }],
    ["mode", { limits, mode: "dry" }],
    ["onBackendError", { limits, onBackendError: "ignore" }],
    ["fallback", { limits, fallback: {} }],
    ["fallback", { limits, fallback: { check: async () => ({ allowed: true }) }, onBackendError: "deny" }],
    ["expectedInstances", { limits, expectedInstances: 0 }],
    ["allow", { limits, allow: [1] }],
    ["deny", { limits, deny: "a" }],
    ["rememberRefusals", { limits, rememberRefusals: "soon" }],
    ["maxLocalKeys", { limits, maxLocalKeys: 1 }],
    ["observer", { limits, observer: {} }],
    ["onBackEndError", { limits, onBackEndError: "deny" }],
  ])("%s", (field, options) => {
    expect(() => createRateLimiter(options as RateLimiterOptions)).toThrow(expect.objectContaining({ field }));
  });

  it("a misspelt call, without counting it", async () => {
    const limiter = createRateLimiter({ limits });
    await expect(limiter.check("")).rejects.toThrow(ConfigurationError);
    await expect(limiter.check("a\ud800")).rejects.toThrow(ConfigurationError);
    await expect(limiter.check("a", { cost: -1 })).rejects.toThrow(ConfigurationError);
    await expect(limiter.check("a", { cost: 0.5 })).rejects.toThrow(ConfigurationError);
    await expect(limiter.block("a", 0)).rejects.toThrow(ConfigurationError);
    const misspelt = { costs: 5 } as object;
    for (const ask of [limiter.check, limiter.peek, limiter.wait]) {
      await expect(ask.call(limiter, "a", misspelt)).rejects.toMatchObject({ field: "costs" });
    }
    await expect(limiter.block("a", "1h", misspelt)).rejects.toMatchObject({ field: "costs" });
    await expect(limiter.reset("a", misspelt)).rejects.toMatchObject({ field: "costs" });
    const { allowed, remaining, receipt } = await limiter.check("a");
    expect({ allowed, remaining }).toEqual({ allowed: true, remaining: 0 });
    await expect(limiter.refund(receipt as RateLimitReceipt, misspelt)).rejects.toMatchObject({ field: "costs" });
  });
});

describe("where the number of instances can't be known", () => {
  const shared = (): KeyValueBackend =>
    Object.create(createMemoryBackend(), {
      capabilities: { value: { reach: "shared", push: false, billedPerCommand: true } },
    });

  it("what decides without the store has to be chosen", () => {
    process.env["VERCEL"] = "1";
    try {
      expect(() => createRateLimiter({ limits, backend: shared() })).toThrow(
        expect.objectContaining({ field: "onBackendError" }),
      );
      createRateLimiter({ limits, backend: shared(), onBackendError: "allow" });
      createRateLimiter({ limits, backend: shared(), expectedInstances: 4 });
      createRateLimiter({ limits });
    } finally {
      delete process.env["VERCEL"];
    }
    createRateLimiter({ limits, backend: shared() });
  });
});
