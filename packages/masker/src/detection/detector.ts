import type { CharClass } from "../matcher/char-class.ts";
import type { Trigger } from "../matcher/trigger.ts";

export type Confidence = "low" | "medium" | "high";

/** What every kind of detector says of itself. */
interface DetectorBase {
  /**
   * The token's type, at least two parts: `AWS_EC2`, `PII_EMAIL`. Several detectors may share one; no type may end
   * with another one.
   */
  readonly type: string;
  /**
   * Decides between findings of equal length.
   *
   * @default 0
   */
  readonly priority?: number;
  /** @default "high" */
  readonly confidence?: Confidence;
}

/**
 * Where a value starts, seen from the trigger that fired:
 *
 * - `"trigger"`: where the trigger starts, after its lead. The trigger has one fixed length.
 * - `"run"`: somewhere in the run of `of` that leads up to the trigger's end, at most `max` units back; tried at each
 *   word start from the left, and never before the place where the same detector last fired. The value ends behind the
 *   trigger, or at most `tail` units before its end where the trigger's last units are only looked at (a name and the
 *   word behind it). `ahead`, sticky, has to match where the trigger ends: what the value needs there, looked at once and
 *   not again for each start.
 * - `"after"`: behind the trigger and a `gap`, a sticky pattern that may match nothing (`/\s{0,4}[:=]\s{0,4}["']?/y`).
 *   `next` leads from a value to the one behind it, as in a list.
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

/** Finds values by their shape: cheap triggers say where to look, one sticky bounded pattern says what is there. */
export interface ShapeDetector extends DetectorBase {
  readonly kind: "shape";
  readonly triggers: readonly Trigger[];
  readonly start: ValueStart;
  /**
   * Sticky (`y`), without captures it needs; every quantifier bounded, but for a last run of one class. It need not look
   * at the characters around the value where `edges` does.
   */
  readonly pattern: RegExp;
  /** A closer look at what the pattern matched: check digits, lengths. Linear in the length of the value. */
  readonly validate?: (value: string) => boolean;
  /**
   * `"word"`: the characters around the value aren't ASCII word characters (an escape such as `\n` before it counts as
   * white space). `"free"`: the pattern itself looks around.
   *
   * @default "word"
   */
  readonly edges?: "word" | "free";
}

/** Finds exact terms, thousands of them in the same pass. Made by `dictionary()`. */
export interface TermDetector extends DetectorBase {
  readonly kind: "terms";
  readonly terms: readonly string[];
  /** @default "sensitive" */
  readonly case?: "sensitive" | "insensitive";
}

/** A pattern of the user's own, run on bounded windows of the text. Made by `pattern()`. */
export interface PatternDetector extends DetectorBase {
  readonly kind: "pattern";
  readonly pattern: RegExp;
  /** The longest value it may match, in UTF-16 code units; a longer one may be found in part only. */
  readonly maxLength: number;
  readonly validate?: (value: string) => boolean;
}

export type Detector = ShapeDetector | TermDetector | PatternDetector;
