import type { RateLimitDecision } from "../check/decision.ts";
import { canEverFit, type Policy } from "../policy.ts";
import { RecentMap } from "./recent-map.ts";

interface Refusal {
  readonly policy: Policy;
  readonly decision: RateLimitDecision;
  /** On the monotonic clock: until when it is remembered, and when the cost fits. */
  readonly until: number;
  readonly fitsAt: number;
}

/**
 * Remembers refusals, so that a caller who goes on asking costs nothing.
 *
 * Sound because a refusal takes nothing: until the time it gave, counted from before it was asked for, the same cost or
 * more can't fit, whoever else takes something. Only a reset, a refund or a raised limit elsewhere makes room earlier, and
 * so it is remembered only for a while.
 */
export class RememberedRefusals {
  readonly #refusals: RecentMap<Refusal>;
  readonly #longestMs: number;

  constructor(maxKeys: number, longestMs: number) {
    this.#refusals = new RecentMap(maxKeys);
    this.#longestMs = longestMs;
  }

  /** @param now of the monotonic clock */
  find(key: string, policy: Policy, cost: number, now: number): RateLimitDecision | undefined {
    const refusal = this.#refusals.get(key);
    if (refusal === undefined || cost < refusal.decision.cost || refusal.policy !== policy) return undefined;
    if (now >= refusal.until) {
      this.#refusals.delete(key);
      return undefined;
    }
    const { decision, fitsAt } = refusal;
    return {
      allowed: false,
      reason: "local",
      limit: decision.limit,
      remaining: decision.remaining,
      retryAfterMs:
        cost === decision.cost || canEverFit(policy, cost) ? Math.ceil(fitsAt - now) : Number.POSITIVE_INFINITY,
      resetAt: decision.resetAt,
      windows: decision.windows,
      cost,
      shadowed: false,
    };
  }

  /** @param askedAt when the question was sent, on the monotonic clock */
  remember(key: string, policy: Policy, decision: RateLimitDecision, askedAt: number): void {
    const fitsAt = askedAt + decision.retryAfterMs;
    this.#refusals.set(key, { policy, decision, until: Math.min(fitsAt, askedAt + this.#longestMs), fitsAt });
  }

  forget(key: string): void {
    this.#refusals.delete(key);
  }
}
