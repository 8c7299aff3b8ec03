import type { AsyncEnd } from "@keyward/core";

/** Permission to run, until it is released or its lease is lost. */
export interface Slot extends AsyncEnd {
  readonly acquired: true;
  /**
   * Aborts with a `SlotLostError` if the lease couldn't be renewed in time, a moment before the store gives the slot to someone
   * else. Pass it to the work: if that doesn't stop then, more may run than the limit allows.
   */
  readonly signal: AbortSignal;
  /**
   * Gives the slot back, to whoever has waited longest. May be called more than once, and after the lease was lost; it never
   * releases someone else's slot. Where the runtime has `Symbol.asyncDispose`, `await using` calls it.
   *
   * Never rejects: if the store can't be reached it is told later, and the end of the lease frees the slot in any case.
   *
   * @returns whether the store has taken it back: false if the slot was lost, or if the store couldn't be reached
   */
  release(): Promise<boolean>;
}

/** No slot, and why: none came free in time (`"limit"`), or as many wait as may wait (`"queue-full"`). */
export interface SlotRefusal extends AsyncEnd {
  readonly acquired: false;
  readonly reason: "limit" | "queue-full";
  readonly limit: number;
  /** How many held a slot, and how many waited for one, at that moment. */
  readonly held: number;
  readonly waiting: number;
}
