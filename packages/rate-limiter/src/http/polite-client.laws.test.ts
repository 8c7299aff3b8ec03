import fc from "fast-check";
import { parseList } from "structured-headers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RateLimitDecision } from "../check/decision.ts";
import type { RateLimit } from "../policy.ts";
import { createRateLimiter } from "../rate-limiter.ts";
import { rateLimitHeaders } from "./rate-limit-headers.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** How long a client waits that spreads what it may still take over the time that it is told, in every window. */
function politePauseMs(decision: RateLimitDecision): number {
  const items = parseList(new Map(rateLimitHeaders(decision)).get("RateLimit") ?? "");
  const pauses = items.map(([, parameters]) => Number(parameters.get("t")) / Math.max(1, Number(parameters.get("r"))));
  return Math.max(...pauses) * 1_000;
}

const limits: fc.Arbitrary<RateLimit[]> = fc
  .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 2, max: 60 }), fc.option(fc.integer({ min: 2, max: 5 })))
  .map(([limit, seconds, times]) => [
    { limit, window: `${seconds}s` as const },
    ...(times === null ? [] : [{ limit: limit * times, window: `${seconds * times * 2}s` as const }]),
  ]);

describe.each(["log", "gcra", "fixed-window"] as const)("a client that keeps to the headers of a %s", (algorithm) => {
  it("is never refused, and has at least half of what the policy gives", async () => {
    await fc.assert(
      fc.asyncProperty(limits, fc.integer({ min: 1, max: 20 }), async (policy, burst) => {
        const limiter = createRateLimiter({ limits: policy, algorithm });
        let decision = await limiter.check("caller");
        for (let count = 1; count < burst && decision.remaining > 0; count += 1)
          decision = await limiter.check("caller");
        const rate = Math.min(...decision.windows.map(({ limit, windowMs }) => limit / windowMs));
        const longestMs = Math.max(...decision.windows.map(({ windowMs }) => windowMs));
        const endsAt = Date.now() + 10 * longestMs;
        let taken = 0;
        while (Date.now() < endsAt) {
          vi.advanceTimersByTime(Math.ceil(politePauseMs(decision)));
          decision = await limiter.check("caller");
          expect(decision.allowed).toBe(true);
          taken += 1;
        }
        expect(taken).toBeGreaterThanOrEqual(5 * longestMs * rate - 1);
      }),
      { numRuns: 60 },
    );
  });
});
