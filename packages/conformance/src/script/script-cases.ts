import type fc from "fast-check";
import type { Expected } from "./expected.ts";
import type { ScriptCall } from "./script-call.ts";
import type { Disturbance, TimeStep } from "./step.ts";

/** What the twins of a script are put through. */
export interface ScriptCases<Arguments, Reply> {
  /** Sequences written by hand, each a test of its own. */
  readonly tables?: readonly ScriptTable<Arguments, Reply>[];
  /**
   * Calls to build random sequences from. Draw keys and values from a few only, so that calls meet; bad input that the
   * twins must refuse alike belongs here too.
   */
  readonly calls: fc.Arbitrary<ScriptInput<Arguments>>;
  /** Calls of other scripts on the same keys, made by {@link callOf}: what fills the store before this one reads it. */
  readonly others?: fc.Arbitrary<ScriptCall>;
  /** What else may happen to the store: a key lost, a field corrupt, a record of another server. */
  readonly disturbances?: fc.Arbitrary<Disturbance>;
  /** Durations that matter to the script: its windows, TTLs, half a TTL. Waits of each, and 1 ms to either side. */
  readonly durationsMs?: readonly number[];
  /** How many random sequences. @default 100 */
  readonly sequences?: number;
  /** The most calls in one sequence. @default 20 */
  readonly longest?: number;
}

export interface ScriptInput<Arguments> {
  readonly keys: readonly string[];
  readonly input: Arguments;
}

export interface ScriptTable<Arguments, Reply> {
  /** States a fact in the present tense, as a test's title does. */
  readonly title: string;
  readonly steps: readonly TableStep<Arguments, Reply>[];
}

/** A call of the script, one of another script, time that passes, or a disturbance. */
export type TableStep<Arguments, Reply> =
  | (ScriptInput<Arguments> & { readonly kind: "call"; readonly expected?: Expected<Reply> })
  | { readonly kind: "other"; readonly call: ScriptCall }
  | TimeStep
  | Disturbance;
