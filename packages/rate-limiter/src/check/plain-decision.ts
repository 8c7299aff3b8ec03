import type { Policy } from "../policy.ts";
import type { DecisionReason, RateLimitDecision } from "./decision.ts";

/** How long a caller is told to wait where nobody counts: the store is asked again about as often. */
const retryMs = 1_000;

/** What is decided for everybody while the store can't be asked. */
export function degradedDecision(policy: Policy, cost: number, allowed: boolean): RateLimitDecision {
  return plainDecision(policy, cost, allowed, "degraded", allowed ? 0 : retryMs);
}

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
