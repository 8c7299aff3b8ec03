import type { Duration, OperationOptions } from "@keyward/core";
import type { RateLimitDecision } from "./check/decision.ts";
import type { RateLimitReceipt } from "./check/receipt.ts";
import { Limiter } from "./limiter.ts";
import { type RateLimiterOptions, resolveOptions } from "./options.ts";
import { warnOfSharedName } from "./store/warn-of-shared-name.ts";

export interface CheckOptions extends OperationOptions {
  /** Units to take. 0 takes nothing and only asks whether the caller may go on at all. @default 1 */
  readonly cost?: number;
  /** Which of the limiter's `plans` applies. @default none: the limiter's own `limits` */
  readonly plan?: string;
}

export interface WaitOptions extends CheckOptions {
  /** The longest to wait; 0 to check once. @default "30s" */
  readonly maxWait?: Duration | 0;
}

export interface RefundOptions extends OperationOptions {
  /** Units to give back, at most what the check took. @default all of them */
  readonly cost?: number;
}

/**
 * Decides which callers may go on. A key names a caller: a user, an address, an API key. The store sees only a digest of it.
 *
 * Decisions are the same in memory and on a store. When the store can't be reached, the operations that say so reject with
 * a `BackendError`.
 */
export interface RateLimiter {
  /**
   * Takes `cost` units of `key` in every window at once and says what is left.
   *
   * One atomic step on the store: two callers can't take the same last unit, and a refusal takes nothing from any window.
   * While the store can't be reached, `onBackendError` or `fallback` decides.
   *
   * @throws {BackendError} only if `onBackendError` is `"throw"`. What `fallback` or a list's function throws passes through.
   * @throws {ConfigurationError} for a cost that isn't a whole number of at least 0, or an unknown plan.
   */
  check(key: string, options?: CheckOptions): Promise<RateLimitDecision>;
  /** What `check` would decide now. Takes nothing. */
  peek(key: string, options?: CheckOptions): Promise<RateLimitDecision>;
  /**
   * Checks, and checks again whenever the cost may fit, until it is allowed. Resolves with the refusal as soon as it is
   * certain that `maxWait` isn't enough. There is no queue: units that come back go to whoever checks first.
   *
   * An abort rejects with the signal's reason.
   */
  wait(key: string, options?: WaitOptions): Promise<RateLimitDecision>;
  /**
   * Gives back what a check took, for instance when the call failed or the estimate was too high. Units go back to where
   * they were taken, on the store or in this instance, as far as they are certain to count still. Each receipt is good for one
   * refund.
   *
   * Afterwards nobody is better off than if the check had taken that much less, nor worse off than without the refund, whatever
   * plan the caller has by then. With `"gcra"`, what has drained until the latest check counts as these units, first as those
   * that stay taken; and after a check by a plan with another limit, nothing taken before it can be given back.
   *
   * @returns false if the receipt was used before or is another limiter's, or if what it stands for has been forgotten,
   * such as by a reset.
   * @throws {BackendError} if its outcome is unknown, the receipt is used up: the units may have been given back.
   */
  refund(receipt: RateLimitReceipt, options?: RefundOptions): Promise<boolean>;
  /** Forgets everything about one caller: what it has taken, and a block. @throws {BackendError} */
  reset(key: string, options?: OperationOptions): Promise<void>;
  /** Refuses one caller for a time. Every instance notices the next time it asks the store. @throws {BackendError} */
  block(key: string, duration: Duration, options?: OperationOptions): Promise<void>;
}

/**
 * Makes a rate limiter: exact sliding windows, any number of them checked in one atomic step.
 *
 * @example
 * ```ts
 * const limiter = createRateLimiter({
 *   limits: [
 *     { limit: 10, window: "1m" },
 *     { limit: 100, window: "1d" },
 *   ],
 * });
 * const { allowed, retryAfterMs } = await limiter.check("user-7");
 * ```
 * @throws {ConfigurationError} naming the option that can't be used.
 */
export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  const resolved = resolveOptions(options);
  if (resolved.backend !== undefined) warnOfSharedName(resolved.backend, resolved.name, resolved.policy);
  return new Limiter(resolved);
}
