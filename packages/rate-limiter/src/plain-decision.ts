import type { DecisionReason, RateLimitDecision } from "./decision.ts";
import type { Policy } from "./limit.ts";

/** A decision that no window made. */
export function plainDecision(
  { rules }: Policy,
  cost: number,
  allowed: boolean,
  reason: DecisionReason,
  retryAfterMs: number,
): RateLimitDecision {
  const limit = Math.min(...rules.map((rule) => rule.limit));
  const remaining = allowed ? limit : 0;
  return { allowed, reason, limit, remaining, retryAfterMs, resetAt: Date.now(), windows: [], cost, shadowed: false };
}
