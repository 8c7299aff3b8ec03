import type { RateLimitDecision } from "../check/decision.ts";
import type { WindowStatus } from "../check/window-status.ts";

/**
 * For how many seconds a client should be content with what remains: `t` of the draft.
 *
 * Until there is more at least, and long enough that who spreads what remains over it is no faster than the policy: a
 * client may take `r / t` for a rate. Both hold for a log, a bucket and a fixed window alike.
 */
export function effectiveWindow({ limit, windowMs, remaining, nextMs }: WindowStatus): number {
  const paceMs = limit > 0 ? (Math.min(remaining, limit) / limit) * windowMs : windowMs;
  return seconds(Math.max(nextMs, paceMs));
}

/** The whole seconds after which a refused client may come back, or undefined where waiting doesn't help. */
export function retryAfter({ allowed, retryAfterMs }: RateLimitDecision): number | undefined {
  return allowed || !Number.isFinite(retryAfterMs) ? undefined : Math.max(1, seconds(retryAfterMs));
}

/** Whether the window had too little for what was asked. */
export function isViolated({ remaining }: WindowStatus, { allowed, cost }: RateLimitDecision): boolean {
  return !allowed && remaining < cost;
}

/** Never too early, and never below a second where there is any time to wait: what 0 says is "at once". */
function seconds(ms: number): number {
  return Math.ceil(ms / 1_000);
}
