import fc from "fast-check";
import { parseList } from "structured-headers";
import { describe, expect, it } from "vitest";
import type { RateLimitDecision } from "../check/decision.ts";
import type { WindowStatus } from "../check/window-status.ts";
import { decisionOf } from "./fixtures/decisions.ts";
import { problemOf } from "./problem.ts";
import { rateLimitHeaders } from "./rate-limit-headers.ts";

const names = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) });
const window: fc.Arbitrary<WindowStatus> = fc
  .record({
    name: names,
    limit: fc.integer({ min: 1, max: 1e12 }),
    windowMs: fc.integer({ min: 1, max: 400 * 86_400_000 }),
    used: fc.double({ min: 0, max: 1, noNaN: true }),
    next: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ name, limit, windowMs, used, next }) => {
    const remaining = Math.floor(limit * (1 - used));
    const nextMs = remaining === limit ? 0 : Math.ceil(next * windowMs);
    return { name, limit, windowMs, remaining, nextMs, resetMs: windowMs };
  });
const decisions: fc.Arbitrary<RateLimitDecision> = fc
  .record({
    windows: fc.array(window, { minLength: 1, maxLength: 8 }),
    cost: fc.integer({ min: 0, max: 1e12 }),
    blockedMs: fc.constantFrom(0, 0, 1, 90_500),
    shadow: fc.boolean(),
  })
  .map(({ windows, cost, blockedMs, shadow }) => {
    const waits = windows.map(({ remaining, limit, nextMs }) =>
      cost > limit ? Number.POSITIVE_INFINITY : remaining < cost ? nextMs : 0,
    );
    const retryAfterMs = Math.max(blockedMs, ...waits);
    return decisionOf({ windows, cost, retryAfterMs, allowed: shadow || retryAfterMs === 0 });
  });

/** What a client reads, by RFC 9651. */
function read(decision: RateLimitDecision) {
  const fields = new Map(rateLimitHeaders(decision));
  const items = (field: string) =>
    parseList(fields.get(field) ?? "").map(([name, parameters]) => ({ name, ...Object.fromEntries(parameters) }));
  return {
    policies: items("RateLimit-Policy") as { name: unknown; q: number; w: number }[],
    limits: items("RateLimit") as { name: unknown; r: number; t?: number }[],
    retryAfter: fields.has("Retry-After") ? Number(fields.get("Retry-After")) : undefined,
  };
}

describe("headers of any decision", () => {
  it("are read back as the decision by a parser of structured fields", () => {
    fc.assert(
      fc.property(decisions, (decision) => {
        const { policies, limits } = read(decision);
        expect(policies).toEqual(
          decision.windows.map(({ name, limit, windowMs }) => ({ name, q: limit, w: Math.ceil(windowMs / 1_000) })),
        );
        expect(limits.map(({ name, r }) => ({ name, r }))).toEqual(
          decision.windows.map(({ name, remaining }) => ({ name, r: remaining })),
        );
      }),
    );
  });

  it("never let a client come back earlier than any window says", () => {
    fc.assert(
      fc.property(decisions, (decision) => {
        const { limits, retryAfter } = read(decision);
        const waitingHelps = Number.isFinite(decision.retryAfterMs);
        expect(retryAfter !== undefined).toBe(!decision.allowed && waitingHelps);
        if (retryAfter === undefined) return;
        expect(retryAfter * 1_000).toBeGreaterThanOrEqual(decision.retryAfterMs);
        for (const { t = 0 } of limits) expect(t).toBeLessThanOrEqual(retryAfter);
      }),
    );
  });

  it("never suggest a rate above the policy's to a client that spreads what remains", () => {
    fc.assert(
      fc.property(decisions, (decision) => {
        fc.pre(decision.allowed);
        const { limits } = read(decision);
        for (const [index, { r, t = 0 }] of limits.entries()) {
          const { limit = 1, windowMs = 1 } = decision.windows[index] ?? {};
          // As much as floating point leaves of an exact ratio.
          expect((r * windowMs) / limit).toBeLessThanOrEqual(t * 1_000 + 1e-3);
        }
      }),
    );
  });

  it("name in the body exactly the windows that had too little", () => {
    fc.assert(
      fc.property(decisions, (decision) => {
        const short = decision.windows.filter(({ remaining }) => !decision.allowed && remaining < decision.cost);
        expect(problemOf(decision)["violated-policies"] ?? []).toEqual(short.map(({ name }) => name));
      }),
    );
  });
});
