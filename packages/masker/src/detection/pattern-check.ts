import { ConfigurationError } from "@keyward/core";
import { attemptPower } from "./pattern-ambiguity/attempt-power.ts";
import { findExponentialRepeat } from "./pattern-ambiguity/exponential-repeat.ts";
import { type ParsedPattern, parsePattern } from "./pattern-ambiguity/parse-pattern.ts";
import { PatternTooLarge } from "./pattern-ambiguity/position-automaton.ts";

/** A longer pattern is a list of words, and belongs in a dictionary. */
const maxSourceLength = 5_000;

/**
 * Refuses a pattern if there are texts on which its time doubles with every few further characters.
 *
 * It analyses the pattern and measures no time, so the verdict on a pattern is always the same. It accepts a pattern whose
 * time grows with a power of the text's length; limit the length of what you run such a pattern on.
 *
 * @throws {ConfigurationError} naming `field`, also for a pattern that can't be analysed.
 */
export function checkPatternIsTame(field: string, pattern: RegExp): ParsedPattern {
  if (pattern.source.length > maxSourceLength) {
    throw new ConfigurationError(
      field,
      `has more than ${maxSourceLength} characters; use a dictionary for lists of words, or several patterns`,
    );
  }
  let parsed: ParsedPattern;
  try {
    parsed = parsePattern(pattern);
  } catch (cause) {
    throw new ConfigurationError(field, "uses syntax that can't be checked against runaway backtracking", { cause });
  }
  const repeat = judge(field, () => findExponentialRepeat(parsed.tree, parsed.sets));
  if (repeat !== undefined) {
    throw new ConfigurationError(
      field,
      `can take exponential time: the repeat from character ${repeat.start} to ${repeat.end} can read the same text in exponentially many ways. ` +
        "Make each repetition begin or end with something that can't occur elsewhere in it, as in (?:\\w+,)+ instead of (?:\\w+,?)+",
    );
  }
  return parsed;
}

/**
 * Finds the power of the text's length with which the time of one attempt to match grows at worst.
 *
 * @throws {ConfigurationError} naming `field`, if the pattern is too large to analyse.
 */
export function powerOfPattern(field: string, { tree, sets }: ParsedPattern): number {
  return judge(field, () => attemptPower(tree, sets));
}

function judge<Verdict>(field: string, verdict: () => Verdict): Verdict {
  try {
    return verdict();
  } catch (error) {
    if (!(error instanceof PatternTooLarge)) throw error;
    throw new ConfigurationError(
      field,
      "is too large to be checked against runaway backtracking; lower its counts, use several patterns, or a dictionary",
    );
  }
}
