import type { RateLimitReceipt } from "./receipt.ts";
import type { WindowStatus } from "./window-status.ts";

/**
 * What decided: `"quota"` the windows, `"blocked"` a block or the deny list, `"local"` an earlier refusal that this
 * instance remembers, `"degraded"` what was chosen for a store that can't be asked, `"exempt"` the allow list.
 */
export type DecisionReason = "quota" | "blocked" | "local" | "degraded" | "exempt";

/** Whether a call may go on, and what is left. `limit`, `remaining` and `resetAt` are those of the tightest window. */
export interface RateLimitDecision {
  readonly allowed: boolean;
  readonly reason: DecisionReason;
  readonly limit: number;
  readonly remaining: number;
  /**
   * Milliseconds until this cost fits if nothing else is taken: exact where the windows decided, no later than that for
   * `"local"`, 0 if it was allowed, Infinity if the cost is more than a window holds or the caller is on the deny list. Without
   * the store half a minute at most: it may be back by then.
   */
  readonly retryAfterMs: number;
  /**
   * When the window is empty again if nothing else is taken: milliseconds since the epoch, by the clock of whoever counted. Now,
   * where nobody did.
   */
  readonly resetAt: number;
  /** All windows, in the order in which they were given: for `"local"` as they were then, and none where nobody was asked. */
  readonly windows: readonly WindowStatus[];
  readonly cost: number;
  /** In shadow mode: that it would have been refused. `allowed` is true then. */
  readonly shadowed: boolean;
  /** The first pattern of the route that decided, or `"default"`, where a route table was asked. */
  readonly route?: string;
  /** For `refund`; only where something was taken. */
  readonly receipt?: RateLimitReceipt;
}
