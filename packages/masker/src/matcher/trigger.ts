import { type CharClass, charClass, eitherCase } from "./char-class.ts";

/** One class of characters, `min` to `max` times. */
export interface Step {
  readonly of: CharClass;
  readonly min: number;
  readonly max: number;
}

/**
 * A short, bounded shape whose every end in the text is found in one pass, such as `i-` and four hex digits.
 * Where it ends something may be worth a closer look, so it should be rare in ordinary text.
 */
export interface Trigger {
  readonly steps: readonly Step[];
  /** How many leading units are only looked at: where a value starts at its trigger, it starts after these. */
  readonly lead: number;
  /** The most units a match can span, `lead` included. */
  readonly longest: number;
}

export interface TriggerOptions {
  /** What must stand before; `NOT_WORD` also accepts the start of the text. */
  readonly before?: CharClass;
}

/** A literal, a class once, or a repeated class. */
export type StepLike = string | CharClass | Step | readonly StepLike[];

/** `of`, at least `min` and at most `max` times. `max` is `min` when left out. */
export function repeat(of: CharClass, min: number, max: number = min): Step {
  return { of, min, max };
}

/** A literal in any mixture of cases (ASCII and other single-unit letters). */
export function anyCase(literal: string): readonly Step[] {
  return [...literal].map((character) => repeat(eitherCase(character), 1));
}

export function trigger(steps: readonly StepLike[] | string, options: TriggerOptions = {}): Trigger {
  const before = options.before === undefined ? [] : [repeat(options.before, 1)];
  const all = [...before, ...flatten(steps)];
  return { steps: all, lead: before.length, longest: all.reduce((sum, step) => sum + step.max, 0) };
}

/** Whether every match has the same length, so that its start is known from its end. */
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
