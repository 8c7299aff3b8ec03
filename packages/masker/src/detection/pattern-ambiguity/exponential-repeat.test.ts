import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stepLimit } from "../fixtures/backtracking-model.ts";
import { smallPatterns, tails, worstSteps } from "../fixtures/small-patterns.ts";
import { attemptPower } from "./attempt-power.ts";
import { findExponentialRepeat } from "./exponential-repeat.ts";
import { parsePattern } from "./parse-pattern.ts";

function isFound(pattern: RegExp): boolean {
  const { tree, sets } = parsePattern(pattern);
  return findExponentialRepeat(tree, sets) !== undefined;
}

describe("findExponentialRepeat", () => {
  it("finds a repeat whenever a backtracking matcher's steps grow faster than the computed power", () => {
    fc.assert(
      fc.property(smallPatterns(3, 3), tails, (text, tail) => {
        const pattern = new RegExp(`${text}${tail}`);
        fc.pre(!isFound(pattern));
        const { tree, sets } = parsePattern(pattern);
        // Twice the length is twice as much for each power; an attempt that succeeds has still read the text. Four times
        // that, as the lower powers weigh in short texts.
        const most = worstSteps(pattern, 32) * 2 ** (Math.max(1, attemptPower(tree, sets)) + 2);
        fc.pre(most < stepLimit);
        expect(worstSteps(pattern, 64)).toBeLessThanOrEqual(most);
      }),
      { numRuns: 120 },
    );
  });

  it("finds none if they don't, in patterns that have to reach the end of the text", () => {
    fc.assert(
      fc.property(smallPatterns(2, 2), (text) => {
        const pattern = new RegExp(`${text}$`);
        fc.pre(isFound(pattern));
        expect(worstSteps(pattern, 200)).toBeGreaterThan(stepLimit);
      }),
      // A fixed seed, as now and then a pattern grows only by a word longer than those that are tried.
      { numRuns: 200, seed: 2_024 },
    );
  });
});
