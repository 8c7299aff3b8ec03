import { ConfigurationError, ownOptions } from "@keyward/core";
import type { Confidence, PatternDetector } from "./detector.ts";
import { checkDetectorBase } from "./detector-base.ts";
import type { ParsedPattern } from "./pattern-ambiguity/parse-pattern.ts";
import { longestOf, shortestOf } from "./pattern-ambiguity/pattern-tree.ts";
import { checkPatternIsTame, powerOfPattern } from "./pattern-check.ts";

/** The highest `maxLength`. */
const longestMatch = 4_096;

/** About how many steps an attempt to match may take at worst. */
const maxAttemptSteps = 20_000;

export interface PatternOptions {
  /** The token type, with at least two parts: `CORP_TICKET`. */
  readonly type: string;
  /** It is copied, so its `lastIndex` never changes. The flags `g` and `y` make no difference. */
  readonly pattern: RegExp;
  /**
   * The longest value it may match, in UTF-16 code units, from 1 to 4,096. A value up to this length is found everywhere.
   * Of a longer value perhaps only a part is found. Look-arounds, `^`, `$` and `\b` see at least this far around a value.
   */
  readonly maxLength: number;
  /** Checks what the pattern matched, such as check digits. */
  readonly validate?: (value: string) => boolean;
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
 * Finds values by a regular expression of your own.
 *
 * It runs on windows of the text whose size depends on `maxLength`, not on the text, so keep `maxLength` as short as the
 * values are.
 *
 * @throws {ConfigurationError} naming the option at fault. Among these are a pattern that can only match nothing, a pattern
 * whose time can double with each further character, such as `(a+)+$`, and a `maxLength` that is too long for a pattern
 * whose repeats can divide a text among themselves in many ways, such as 500 for `.*foo.*bar`.
 * @example
 * pattern({ type: "CORP_TICKET", pattern: /\bTICK-\d{4,8}\b/, maxLength: 13 });
 */
export function pattern(options: PatternOptions): PatternDetector {
  return compilePattern("", options);
}

/** @param path what comes before an option's name in a message, such as `detectors[0].` */
export function compilePattern(path: string, options: PatternOptions): PatternDetector {
  const own = ownOptions(path.slice(0, -1) || "options", options);
  const { type, pattern, maxLength, validate, priority = 0, confidence = "high" } = own;
  checkDetectorBase(path, { type, priority, confidence });
  if (!(pattern instanceof RegExp)) throw new ConfigurationError(`${path}pattern`, "must be a regular expression");
  if (!Number.isSafeInteger(maxLength) || maxLength < 1 || maxLength > longestMatch) {
    throw new ConfigurationError(`${path}maxLength`, `must be a whole number from 1 to ${longestMatch}`);
  }
  if (validate !== undefined && typeof validate !== "function") {
    throw new ConfigurationError(`${path}validate`, "must be a function");
  }
  checkLengths(path, checkPatternIsTame(`${path}pattern`, pattern), maxLength);
  const copy = new RegExp(pattern.source, `${pattern.flags.replace(/[gy]/g, "")}g`);
  const detector: PatternDetector = { kind: "pattern", type, pattern: copy, maxLength, priority, confidence };
  return validate === undefined ? detector : { ...detector, validate };
}

/** Checks that the pattern can match within `maxLength`, and that a search within it ends soon. */
function checkLengths(path: string, parsed: ParsedPattern, maxLength: number): void {
  const { tree } = parsed;
  if (longestOf(tree) === 0) {
    throw new ConfigurationError(`${path}pattern`, "can only match the empty text, so it finds no value");
  }
  if (shortestOf(tree) > maxLength) {
    throw new ConfigurationError(
      `${path}maxLength`,
      `is shorter than any match; the pattern needs at least ${shortestOf(tree)}`,
    );
  }
  const power = powerOfPattern(`${path}pattern`, parsed);
  if (maxLength ** power > maxAttemptSteps) {
    throw new ConfigurationError(
      `${path}maxLength`,
      `must be at most ${Math.floor(maxAttemptSteps ** (1 / power))} for this pattern, whose time grows with maxLength to the ` +
        `power of ${power}; or give its repeats counts that fit the value, such as .{0,40} instead of .*`,
    );
  }
}
