import type { AsyncEnd } from "@keyward/core";

/** Leave to run, until it is released or its lease is lost. */
export interface Slot extends AsyncEnd {
  readonly acquired: true;
  /**
   * Aborts, with a `SlotLostError`, when the lease couldn't be renewed in time, a moment before the store gives the slot to
   * another. Pass it on to the work: it has to stop then, or one more than the limit runs.
   */
  readonly signal: AbortSignal;
  /**
   * Gives the slot back, to whoever waits longest. May be called twice, and after the lease was lost; never takes another's
   * slot. Where the runtime has `Symbol.asyncDispose`, `await using` does it.
   *
   * Never rejects: where the store can't be told now it is told as soon as it can be, and the lease's end frees the slot
   * at the latest.
   *
   * @returns whether the store has taken it back: false for one that it had lost, or that it couldn't be told of yet
   */
  release(): Promise<boolean>;
}

/** No slot, and why: all are taken and none came free in time, or as many wait already as may. */
export interface SlotRefusal extends AsyncEnd {
  readonly acquired: false;
  readonly reason: "limit" | "queue-full";
  readonly limit: number;
  /** How many held a slot, and how many waited for one, when it was refused. */
  readonly held: number;
  readonly waiting: number;
}
