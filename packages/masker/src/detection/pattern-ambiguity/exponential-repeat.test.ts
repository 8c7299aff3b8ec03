import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countSteps, STEP_LIMIT } from "../fixtures/backtracking-model.ts";
import { findExponentialRepeat } from "./exponential-repeat.ts";
import { parsePattern } from "./parse-pattern.ts";

/** Patterns of a and b, with choices and repeats inside one another this deep and sequences this long. */
function sources(maxDepth: number, maxLength: number): fc.Arbitrary<string> {
  return fc.letrec<{ source: string; part: string }>((tie) => ({
    source: fc.array(tie("part"), { minLength: 1, maxLength }).map((parts) => parts.join("")),
    part: fc.oneof(
      { maxDepth, withCrossShrink: true },
      fc.constantFrom("a", "b", "[ab]"),
      fc.tuple(tie("source"), fc.constantFrom("*", "+", "?")).map(([body, count]) => `(?:${body})${count}`),
      fc.tuple(tie("source"), tie("source")).map(([one, other]) => `(?:${one}|${other})`),
    ),
  })).source;
}

/** What follows: it may fail, or never does. */
const tails = fc.constantFrom("$", "", "b", "a?", "[ab]*");

/** Every text of a and b with up to so many characters. */
function wordsUpTo(length: number): readonly string[] {
  return Array.from({ length: 2 ** (length + 1) - 1 }, (_, index) =>
    (index + 1).toString(2).slice(1).replaceAll("0", "a").replaceAll("1", "b"),
  );
}

const prefixes = wordsUpTo(2);
const words = wordsUpTo(6).slice(1);

/** The most steps that the model takes before it gives up about `length` characters made of one repeated word. */
function worstSteps(pattern: RegExp, length: number): number {
  const parsed = parsePattern(pattern);
  let worst = 0;
  for (const word of words) {
    for (const prefix of prefixes) {
      const text = `${prefix}${word.repeat(Math.ceil(length / word.length))}!`;
      worst = Math.max(worst, countSteps(parsed, text));
      if (worst > STEP_LIMIT) return worst;
    }
  }
  return worst;
}

function isFound(pattern: RegExp): boolean {
  const { tree, sets } = parsePattern(pattern);
  return findExponentialRepeat(tree, sets) !== undefined;
}

describe("findExponentialRepeat", () => {
  it("finds one wherever the steps of a backtracking matcher grow faster than a power of the text's length", () => {
    fc.assert(
      fc.property(sources(3, 3), tails, (text, tail) => {
        const pattern = new RegExp(`${text}${tail}`);
        fc.pre(!isFound(pattern));
        // Each endless repeat adds at most one to the power, and twice the length is twice as much for each.
        const power = (pattern.source.match(/[*+]/g) ?? []).length + 1;
        const most = worstSteps(pattern, 32) * 2 ** (power + 1);
        fc.pre(most < STEP_LIMIT);
        expect(worstSteps(pattern, 64)).toBeLessThanOrEqual(most);
      }),
      { numRuns: 150 },
    );
  });

  it("finds none where they don't, in patterns that have to reach the end of the text", () => {
    fc.assert(
      fc.property(sources(3, 2), (text) => {
        const pattern = new RegExp(`${text}$`);
        fc.pre(isFound(pattern));
        expect(worstSteps(pattern, 200)).toBeGreaterThan(STEP_LIMIT);
      }),
      { numRuns: 150 },
    );
  });
});
