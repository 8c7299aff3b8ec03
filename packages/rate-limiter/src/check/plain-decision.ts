import type { Policy } from "../policy.ts";
import type { DecisionReason, RateLimitDecision } from "./decision.ts";

/** How long a caller is told to wait when nobody counts: about as often as the store is tried again. */
const retryMs = 1_000;

/** The decision for every caller while the store can't be reached and nobody counts. */
export function degradedDecision(policy: Policy, cost: number, allowed: boolean): RateLimitDecision {
  return plainDecision(policy, cost, allowed, "degraded", allowed ? 0 : retryMs);
}

/** A decision that wasn't made by counting. */
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
