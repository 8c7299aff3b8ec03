import type { KeywardEvent } from "@keyward/core";
import type { SlotRefusal } from "./slot.ts";

/** What a concurrency limiter tells its observer. No event holds a key. */
export type ConcurrencyEvent =
  | SlotAcquiredEvent
  | SlotRefusedEvent
  | SlotReleasedEvent
  | SlotLostEvent
  | ConcurrencyStoreFailedEvent;

interface OfLimiter extends KeywardEvent {
  /** The limiter's name. */
  readonly limiter: string;
}

export interface SlotAcquiredEvent extends OfLimiter {
  readonly type: "concurrency.acquired";
  readonly limit: number;
  /** Slots of the same key that are held, this one included. */
  readonly held: number;
  readonly waiting: number;
  /** Since `acquire` was called. */
  readonly waitedMs: number;
}

export interface SlotRefusedEvent extends OfLimiter {
  readonly type: "concurrency.refused";
  readonly reason: SlotRefusal["reason"];
  readonly limit: number;
  readonly held: number;
  readonly waiting: number;
  readonly waitedMs: number;
}

export interface SlotReleasedEvent extends OfLimiter {
  readonly type: "concurrency.released";
  readonly heldMs: number;
}

/** The lease couldn't be renewed, and the holder was told to stop. */
export interface SlotLostEvent extends OfLimiter {
  readonly type: "concurrency.lost";
  readonly heldMs: number;
}

/** The store couldn't be reached to take a slot, to renew one, or to give one back. */
export interface ConcurrencyStoreFailedEvent extends OfLimiter {
  readonly type: "concurrency.store-failed";
  /** Of the `BackendError`. */
  readonly code: string;
  readonly operation: string;
}
