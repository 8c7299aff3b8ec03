import type { CharClass } from "../matcher/char-class.ts";
import type { Trigger } from "../matcher/trigger.ts";

export type Confidence = "low" | "medium" | "high";

/** What all kinds of detectors have in common. */
interface DetectorBase {
  /**
   * The token type, with at least two parts: `AWS_EC2`, `PII_EMAIL`. Several detectors may share a type. No type may end
   * with another type.
   */
  readonly type: string;
  /**
   * Decides between findings of the same length; the higher one wins.
   *
   * @default 0
   */
  readonly priority?: number;
  /** @default "high" */
  readonly confidence?: Confidence;
}

/**
 * Where a value starts, relative to the trigger that fired:
 *
 * - `"trigger"`: where the trigger starts, after its lead. The trigger must have a fixed length.
 * - `"run"`: in the run of `of` characters that leads up to the end of the trigger, at most `max` units back. Every word
 *   start is tried from the left, but none before the place where the same detector last fired. The value must reach the
 *   end of the trigger, less at most `tail` units, for a trigger whose last units are only context (a name and the word
 *   after it). The sticky pattern `ahead` has to match where the trigger ends. It is tested once, not for each start.
 * - `"after"`: after the trigger and a `gap`, which is a sticky pattern that may match nothing
 *   (`/\s{0,4}[:=]\s{0,4}["']?/y`). The pattern `next` leads from one value to the next one in a list.
 */
export type ValueStart =
  | { readonly at: "trigger" }
  | {
      readonly at: "run";
      readonly of: CharClass;
      readonly max: number;
      readonly tail?: number;
      readonly ahead?: RegExp;
    }
  | { readonly at: "after"; readonly gap: RegExp; readonly next?: RegExp };

/** Finds values by their shape. Cheap triggers say where to look, and a sticky bounded pattern matches the value. */
export interface ShapeDetector extends DetectorBase {
  readonly kind: "shape";
  readonly triggers: readonly Trigger[];
  readonly start: ValueStart;
  /**
   * Sticky (`y`). It mustn't depend on captures, and every quantifier has to be bounded, except for a final run of one
   * class. With `edges: "word"` it needn't look at the characters around the value.
   */
  readonly pattern: RegExp;
  /** Checks what the pattern matched, such as check digits or lengths, in time linear in the length of the value. */
  readonly validate?: (value: string) => boolean;
  /**
   * With `"word"`, the value must not have ASCII word characters around it. An escape such as `\n` before it counts as white
   * space. With `"free"`, only the pattern decides.
   *
   * @default "word"
   */
  readonly edges?: "word" | "free";
}

/** Finds exact terms, thousands of them in one pass. Made by `dictionary()`. */
export interface TermDetector extends DetectorBase {
  readonly kind: "terms";
  readonly terms: readonly string[];
  /** @default "sensitive" */
  readonly case?: "sensitive" | "insensitive";
}

/** A pattern of the user's own, which runs on bounded windows of the text. Made by `pattern()`. */
export interface PatternDetector extends DetectorBase {
  readonly kind: "pattern";
  readonly pattern: RegExp;
  /** The longest value it may match, in UTF-16 code units. Of a longer value perhaps only a part is found. */
  readonly maxLength: number;
  readonly validate?: (value: string) => boolean;
}

export type Detector = ShapeDetector | TermDetector | PatternDetector;
