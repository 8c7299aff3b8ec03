/**
 * Stands for what one check took, so that it can be given back once. For the process that has it: it can't be copied or
 * written down.
 */
export interface RateLimitReceipt {
  readonly cost: number;
  /** Where it was taken: from the store, or from this instance's own count while there was none. */
  readonly origin: "store" | "local";
  /** When, by the clock of its origin, in milliseconds since the epoch. */
  readonly takenAt: number;
}
