import type { Duration, OperationOptions } from "@keyward/core";
import type { RateLimitDecision } from "./decision.ts";
import { Limiter } from "./limiter.ts";
import { type RateLimiterOptions, resolveOptions } from "./options.ts";
import type { RateLimitReceipt } from "./receipt.ts";

export interface CheckOptions extends OperationOptions {
  /** Units to take. 0 asks whether the caller may go on at all, and takes nothing. @default 1 */
  readonly cost?: number;
  /** Which of `plans` holds. @default the limiter's own `limits` */
  readonly plan?: string;
}

export interface WaitOptions extends CheckOptions {
  /** How long to wait at most; 0 to check once. @default "30s" */
  readonly maxWait?: Duration | 0;
}

export interface RefundOptions extends OperationOptions {
  /** Units to give back, at most the receipt's. @default all of it */
  readonly cost?: number;
}

/**
 * Says who may go on. A key is a caller: a user, an address, an API key. The store sees only a digest of it.
 *
 * Memory and store decide alike. Where an operation says so, `BackendError` is what a store that can't be asked looks like.
 */
export interface RateLimiter {
  /**
   * Takes `cost` units of `key` in every window at once and says what is left.
   *
   * One atomic step on the store: two callers can't take the same last unit, and a refusal takes nothing, in no window.
   * While the store can't be asked, `onBackendError` or `fallback` decides.
   *
   * @throws {BackendError} only where `onBackendError` is `"throw"`. What `fallback` or a list's function throws passes through.
   * @throws {ConfigurationError} for a cost that isn't a whole number from 0 on, or a plan there isn't.
   */
  check(key: string, options?: CheckOptions): Promise<RateLimitDecision>;
  /** What `check` would decide now. Takes nothing. */
  peek(key: string, options?: CheckOptions): Promise<RateLimitDecision>;
  /**
   * Checks as soon as it can succeed, until it does: resolves with what was taken, or with the refusal as soon as it is
   * certain that the wait would be too long. Who asks again first gets what is free; nobody queues.
   *
   * An abort rejects with the signal's reason.
   */
  wait(key: string, options?: WaitOptions): Promise<RateLimitDecision>;
  /**
   * Gives back what a check took, such as for a call that failed, or an estimate that was too high. It goes back to where
   * it was taken, as far as that is certain to count still, and each receipt is good for one refund. What was taken from this
   * instance's own count goes back there.
   *
   * Nobody is better off than if the check had taken so much less, nor worse off than without the refund, whatever plan the
   * caller has by then. With `"gcra"` what has drained until the latest check counts as these units, those that stay taken first; a
   * check by a plan of another limit leaves nothing that could be given back of those before.
   *
   * @returns false for a receipt that was used or is another limiter's, and where nothing is known any more of what was taken,
   * such as after a reset.
   * @throws {BackendError} with an unknown outcome, the receipt is used up: it may have been given back.
   */
  refund(receipt: RateLimitReceipt, options?: RefundOptions): Promise<boolean>;
  /** Forgets what one caller has taken, a block too. @throws {BackendError} */
  reset(key: string, options?: OperationOptions): Promise<void>;
  /** Refuses one caller for a time, on all instances at their next question to the store. @throws {BackendError} */
  block(key: string, duration: Duration, options?: OperationOptions): Promise<void>;
}

/**
 * Makes a rate limiter: exact sliding windows, several at once, in one step.
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
  return new Limiter(resolveOptions(options));
}
