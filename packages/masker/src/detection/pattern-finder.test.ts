import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pattern } from "./pattern.ts";
import { findPattern } from "./pattern-finder.ts";

/** Searches the whole text at once. */
function searchWhole(expression: RegExp, text: string): { start: number; end: number }[] {
  const everywhere = new RegExp(expression.source, `${expression.flags.replace(/[gy]/g, "")}g`);
  return [...text.matchAll(everywhere)]
    .map(({ 0: value, index }) => ({ start: index, end: index + value.length }))
    .filter(({ start, end }) => end > start);
}

/** Patterns that match at most 12 units and look at no more around a match. */
const boundedPatterns: readonly RegExp[] = [
  /a{1,5}b{1,5}/,
  /\b[ab]{2,6}\b/,
  /\B[ab]{1,3}\b/,
  /(?<=x)a{1,4}(?=y)/,
  /(?<!x[ab]{0,10})b{1,12}/,
  /a{1,4}?(?!b{1,8}x)/,
  /(?:^|x)a{0,3}/,
  /a{1,3}(?:$|y)/,
  /^[ab]{1,8}$/m,
  /(?<=^x{0,11})a/,
  /[ab]{0,4}/,
  /(a{1,3})x\1/,
  /a|ab|abx|xyxyxyxyxyxy/,
  /A[^x]{0,6}y/i,
  /😀{1,6}/u,
  /[^a]{0,3}/u,
  /(?:😀x){0,3}/u,
  /\ud83d|\ude00/,
  /[가-나]{1,12}/,
];

const texts = fc
  .array(fc.constantFrom("a", "b", "x", "y", " ", "\n", "가", "😀", "aaa", "abab", "xyxyxyxyxyxy"), { maxLength: 400 })
  .map((parts) => parts.join(""));

describe("findPattern", () => {
  it("finds what a search of the whole text finds, whatever the pattern looks at around a match", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...boundedPatterns),
        fc.integer({ min: 12, max: 90 }),
        texts,
        (expression, maxLength, text) => {
          const detector = pattern({ type: "CORP_VALUE", pattern: expression, maxLength });
          expect(findPattern(detector, text), `${expression}`).toEqual(searchWhole(expression, text));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("ends on patterns that match nothing, even between the halves of a surrogate pair", () => {
    const detector = pattern({ type: "CORP_VALUE", pattern: /x{0,3}/u, maxLength: 3 });
    const text = `a${"😀".repeat(200)}x${"😀".repeat(100)}`;
    expect(findPattern(detector, text)).toEqual([{ start: 401, end: 402 }]);
    expect(findPattern(detector, text.slice(1))).toEqual([{ start: 400, end: 401 }]);
  });

  it("finds a value of the greatest length everywhere", () => {
    const detector = pattern({ type: "CORP_VALUE", pattern: /<[a-z]+>/, maxLength: 40 });
    const value = `<${"v".repeat(38)}>`;
    for (let before = 0; before < 300; before++) {
      const text = " ".repeat(before) + value + " ".repeat(150);
      expect(findPattern(detector, text)).toEqual([{ start: before, end: before + 40 }]);
    }
  });

  it("keeps as much as it saw of a longer value", () => {
    const detector = pattern({ type: "CORP_VALUE", pattern: /secret-\S+/, maxLength: 20 });
    const [match] = findPattern(detector, `secret-${"s".repeat(1_000)}`);
    expect(match?.start).toBe(0);
    expect(match?.end).toBeGreaterThan(20);
  });

  it("leaves out what the validator refuses, and goes on after it", () => {
    const seen: string[] = [];
    const validate = (value: string): boolean => {
      seen.push(value);
      return value !== "aa";
    };
    const detector = pattern({ type: "CORP_VALUE", pattern: /a+/, maxLength: 8, validate });
    expect(findPattern(detector, "a aa aaa")).toEqual([
      { start: 0, end: 1 },
      { start: 5, end: 8 },
    ]);
    expect(seen).toEqual(["a", "aa", "aaa"]);
  });

  it("tolerates a validator that searches with the same pattern", () => {
    const detector = pattern({ type: "CORP_VALUE", pattern: /a+/, maxLength: 8, validate: (value) => reenter(value) });
    const reenter = (value: string): boolean =>
      value === "" || findPattern({ ...detector, validate: () => true }, "b a b").length === 1;
    expect(findPattern(detector, "a aa aaa")).toHaveLength(3);
  });

  it("shows the pattern as many characters per step through a long text as through a short one", () => {
    const detector = pattern({ type: "CORP_VALUE", pattern: /x/, maxLength: 100 });
    const shown = (length: number): number => {
      let units = 0;
      const counting = Object.assign(new RegExp(detector.pattern), {
        exec: (window: string) => {
          units += window.length;
          return null;
        },
      });
      findPattern({ ...detector, pattern: counting }, "a".repeat(length));
      return units;
    };
    expect(shown(400_000) / shown(100_000)).toBeCloseTo(4, 1);
  });
});
