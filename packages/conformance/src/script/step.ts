import type { Expected } from "./expected.ts";
import type { ScriptCall } from "./script-call.ts";

/** The parts of a sequence: calls, time that passes, and changes that somebody else makes to the store. */
export type Step = CallStep | TimeStep | Disturbance;

export interface CallStep {
  readonly kind: "call";
  readonly call: ScriptCall;
  /** The decoded answer that is expected. If it is left out, the twins only have to agree. */
  readonly expected?: Expected;
}

export type TimeStep =
  | { readonly kind: "wait"; readonly ms: number }
  /**
   * Moves the time to a stored deadline plus `offsetMs`, but never back. `of` is the key, or a number that selects one of the
   * stored deadlines, counted from the nearest. If there is none, nothing happens.
   */
  | { readonly kind: "deadline"; readonly of: string | number; readonly offsetMs: number };

/** A change to both stores. A `set-field` on a key that holds text replaces the key. */
export type Disturbance =
  | { readonly kind: "remove"; readonly key: string }
  | { readonly kind: "set"; readonly key: string; readonly value: string; readonly ttlMs?: number }
  | { readonly kind: "set-field"; readonly key: string; readonly field: string; readonly value: string }
  | { readonly kind: "remove-field"; readonly key: string; readonly field: string };
