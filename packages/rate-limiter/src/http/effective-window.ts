import type { RateLimitDecision } from "../check/decision.ts";
import type { WindowStatus } from "../check/window-status.ts";

/**
 * For how many seconds a client should make do with what remains: `t` of the draft.
 *
 * It lasts at least until more units come back. And since a client may read `r / t` as a rate, it is long enough that
 * spreading what remains over it is no faster than the policy allows. Both hold for every algorithm.
 */
export function effectiveWindow({ limit, windowMs, remaining, nextMs }: WindowStatus): number {
  const paceMs = limit > 0 ? (Math.min(remaining, limit) / limit) * windowMs : windowMs;
  return seconds(Math.max(nextMs, paceMs));
}

/** After how many whole seconds a refused client may come back; undefined if it was allowed or waiting doesn't help. */
export function retryAfter({ allowed, retryAfterMs }: RateLimitDecision): number | undefined {
  return allowed || !Number.isFinite(retryAfterMs) ? undefined : Math.max(1, seconds(retryAfterMs));
}

/** Whether this window had too little left for the request. */
export function isViolated({ remaining }: WindowStatus, { allowed, cost }: RateLimitDecision): boolean {
  return !allowed && remaining < cost;
}

/** Rounded up, so that nobody comes back too early: 0 means "at once". */
function seconds(ms: number): number {
  return Math.ceil(ms / 1_000);
}
