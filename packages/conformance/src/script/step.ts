import type { Expected } from "./expected.ts";
import type { ScriptCall } from "./script-call.ts";

/** What a sequence is made of: calls, time that passes, and what somebody else does to the store in between. */
export type Step = CallStep | TimeStep | Disturbance;

export interface CallStep {
  readonly kind: "call";
  readonly call: ScriptCall;
  /** What the call must answer, once decoded. Without it the twins need only agree. */
  readonly expected?: Expected;
}

export type TimeStep =
  | { readonly kind: "wait"; readonly ms: number }
  /**
   * Goes to a stored deadline plus `offsetMs`; never back in time. `of` names the key, or counts through whichever
   * deadlines are stored at that moment, from the nearest on. Nothing happens when there is none.
   */
  | { readonly kind: "deadline"; readonly of: string | number; readonly offsetMs: number };

/** Done to both stores alike. A `set-field` on a key that holds text replaces the key. */
export type Disturbance =
  | { readonly kind: "remove"; readonly key: string }
  | { readonly kind: "set"; readonly key: string; readonly value: string; readonly ttlMs?: number }
  | { readonly kind: "set-field"; readonly key: string; readonly field: string; readonly value: string }
  | { readonly kind: "remove-field"; readonly key: string; readonly field: string };
