import type { RateLimitReceipt } from "./receipt.ts";
import type { WindowStatus } from "./window-status.ts";

/**
 * What decided: `"quota"` the windows, `"blocked"` a block or the deny list, `"local"` an earlier refusal that this
 * instance remembers, `"degraded"` what is configured for a store that can't be reached, `"exempt"` the allow list.
 */
export type DecisionReason = "quota" | "blocked" | "local" | "degraded" | "exempt";

/** Whether a call may go on, and what is left. `limit`, `remaining` and `resetAt` are those of the tightest window. */
export interface RateLimitDecision {
  readonly allowed: boolean;
  readonly reason: DecisionReason;
  readonly limit: number;
  readonly remaining: number;
  /**
   * Milliseconds until this cost fits if nothing else is taken. Exact when the windows decided; never too long for
   * `"local"`; 0 if allowed; Infinity if the cost is more than a window can hold, or the caller is on the deny list. Half a
   * minute at most while the store is away, since it may be back by then.
   */
  readonly retryAfterMs: number;
  /**
   * When the window is empty again if nothing else is taken, in milliseconds since the epoch, by the clock of whoever
   * counted. The current time if nobody counted.
   */
  readonly resetAt: number;
  /** All windows, in the order of the limits. As they were at the time of the refusal for `"local"`; empty if nobody counted. */
  readonly windows: readonly WindowStatus[];
  readonly cost: number;
  /** In shadow mode: whether it would have been refused. `allowed` is true all the same. */
  readonly shadowed: boolean;
  /** From a route table: the first pattern of the route that decided, or `"default"`. */
  readonly route?: string;
  /** For `refund`. Only if something was taken. */
  readonly receipt?: RateLimitReceipt;
}
