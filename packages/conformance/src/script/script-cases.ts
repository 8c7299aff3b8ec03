import type fc from "fast-check";
import type { Expected } from "./expected.ts";
import type { ScriptCall } from "./script-call.ts";
import type { Disturbance, TimeStep } from "./step.ts";

/** The calls that the twins of a script are compared by. */
export interface ScriptCases<Arguments, Reply> {
  /** Sequences written by hand. Each is a test. */
  readonly tables?: readonly ScriptTable<Arguments, Reply>[];
  /**
   * Calls to build random sequences from. Draw from few keys and values, so that calls affect one another. Include bad input
   * that both twins must refuse.
   */
  readonly calls: fc.Arbitrary<ScriptInput<Arguments>>;
  /** Calls of other scripts on the same keys, made by {@link callOf}, which fill the store for this one to read. */
  readonly others?: fc.Arbitrary<ScriptCall>;
  /** What else may happen to the store: a lost key, a corrupt field, a record of another server. */
  readonly disturbances?: fc.Arbitrary<Disturbance>;
  /** Durations that matter to the script: its windows, its TTLs, half a TTL. Sequences wait for each, and 1 ms more or less. */
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
  /** A fact in the present tense, like the title of a test. */
  readonly title: string;
  readonly steps: readonly TableStep<Arguments, Reply>[];
}

/** A call of the script, one of another script, time that passes, or a disturbance. */
export type TableStep<Arguments, Reply> =
  | (ScriptInput<Arguments> & { readonly kind: "call"; readonly expected?: Expected<Reply> })
  | { readonly kind: "other"; readonly call: ScriptCall }
  | TimeStep
  | Disturbance;
