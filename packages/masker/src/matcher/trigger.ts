import { type CharClass, charClass, eitherCase } from "./char-class.ts";

/** A class of characters, `min` to `max` times. */
export interface Step {
  readonly of: CharClass;
  readonly min: number;
  readonly max: number;
}

/**
 * A short, bounded shape, such as `i-` and four hex digits. One pass finds every place where it ends. Each of these takes a
 * closer look, so a trigger should be rare in ordinary text.
 */
export interface Trigger {
  readonly steps: readonly Step[];
  /** How many leading units are only context. A value that starts at its trigger starts after them. */
  readonly lead: number;
  /** The longest match in units, including `lead`. */
  readonly longest: number;
}

export interface TriggerOptions {
  /** What must come before the trigger. The start of the text counts as a line break. */
  readonly before?: CharClass;
}

/** A literal, a single class, a repeated class, or a list of these. */
export type StepLike = string | CharClass | Step | readonly StepLike[];

/** Repeats `of` at least `min` and at most `max` times; exactly `min` times by default. */
export function repeat(of: CharClass, min: number, max: number = min): Step {
  return { of, min, max };
}

/** A literal in any mix of upper and lower case (ASCII and other single-unit letters). */
export function anyCase(literal: string): readonly Step[] {
  return [...literal].map((character) => repeat(eitherCase(character), 1));
}

export function trigger(steps: readonly StepLike[] | string, options: TriggerOptions = {}): Trigger {
  const before = options.before === undefined ? [] : [repeat(options.before, 1)];
  const all = [...before, ...flatten(steps)];
  return { steps: all, lead: before.length, longest: all.reduce((sum, step) => sum + step.max, 0) };
}

/** Whether every match has the same length, so that its end determines its start. */
export function hasFixedLength({ steps }: Trigger): boolean {
  return steps.every((step) => step.min === step.max);
}

function flatten(step: StepLike): Step[] {
  if (typeof step === "string") {
    return Array.from({ length: step.length }, (_, index) => repeat(charClass(step.charAt(index)), 1));
  }
  if ("of" in step) return [step];
  if ("has" in step) return [repeat(step, 1)];
  return step.flatMap(flatten);
}
