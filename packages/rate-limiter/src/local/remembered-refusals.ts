import type { RateLimitDecision } from "../check/decision.ts";
import { canEverFit, type Policy } from "../policy.ts";
import { RecentMap } from "./recent-map.ts";

interface Refusal {
  readonly policy: Policy;
  readonly decision: RateLimitDecision;
  /** On the monotonic clock: until when the refusal is remembered, and when the cost fits at the earliest. */
  readonly until: number;
  readonly fitsAt: number;
}

/**
 * Remembers refusals, so that a caller who keeps asking costs the store nothing.
 *
 * This is sound because a refusal takes nothing: before the time that it named, counted from when the question was sent, the
 * same cost or more can't fit, whatever others take. Only a reset, a refund or a raised limit on another instance can make
 * room earlier, and that is why a refusal is remembered only for a while.
 */
export class RememberedRefusals {
  readonly #refusals: RecentMap<Refusal>;
  readonly #longestMs: number;

  constructor(maxKeys: number, longestMs: number) {
    this.#refusals = new RecentMap(maxKeys);
    this.#longestMs = longestMs;
  }

  /** @param now on the monotonic clock */
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
