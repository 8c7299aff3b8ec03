import type { CheckOutcome } from "../scripts/check.ts";
import type { RateLimitDecision } from "./decision.ts";
import type { Receipt } from "./receipt.ts";
import type { WindowStatus } from "./window-status.ts";

/** Turns what the windows decided into what the caller of `check` is told. */
export function describeOutcome(outcome: CheckOutcome, cost: number, receipt: Receipt | undefined): RateLimitDecision {
  const { status, now, waitMs: retryAfterMs, windows } = outcome;
  let tightest = windows[0] as WindowStatus;
  for (let index = 1; index < windows.length; index += 1) {
    const window = windows[index] as WindowStatus;
    if (window.remaining < tightest.remaining) tightest = window;
  }
  const allowed = status === "allowed";
  const reason = status === "blocked" ? "blocked" : "quota";
  const { limit, remaining } = tightest;
  const resetAt = now + tightest.resetMs;
  // Written out twice, since copying the object to add a member takes as long as all the rest.
  return receipt === undefined
    ? { allowed, reason, limit, remaining, retryAfterMs, resetAt, windows, cost, shadowed: false }
    : { allowed, reason, limit, remaining, retryAfterMs, resetAt, windows, cost, shadowed: false, receipt };
}
