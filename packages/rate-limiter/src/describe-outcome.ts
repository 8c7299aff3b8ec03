import type { WindowRule } from "./algorithms/algorithm.ts";
import type { RateLimitDecision, WindowStatus } from "./decision.ts";
import type { Policy } from "./limit.ts";
import type { Receipt } from "./receipt.ts";
import type { CheckOutcome, WindowReply } from "./scripts/check-reply.ts";

/** What the caller of `check` gets told of an outcome. */
export function describeOutcome(
  outcome: CheckOutcome,
  { names, rules }: Policy,
  cost: number,
  receipt: Receipt | undefined,
): RateLimitDecision {
  const windows: WindowStatus[] = [];
  let tightest: WindowStatus | undefined;
  for (let index = 0; index < rules.length; index += 1) {
    const { limit, windowMs } = rules[index] as WindowRule;
    const { remaining, nextMs, resetMs } = outcome.windows[index] as WindowReply;
    const window = { name: names[index] as string, limit, windowMs, remaining, nextMs, resetMs };
    windows.push(window);
    if (tightest === undefined || remaining < tightest.remaining) tightest = window;
  }
  const { limit, remaining, resetMs } = tightest as WindowStatus;
  return {
    allowed: outcome.status === "allowed",
    reason: outcome.status === "blocked" ? "blocked" : "quota",
    limit,
    remaining,
    retryAfterMs: outcome.waitMs,
    resetAt: outcome.now + resetMs,
    windows,
    cost,
    shadowed: false,
    ...(receipt && { receipt }),
  };
}
