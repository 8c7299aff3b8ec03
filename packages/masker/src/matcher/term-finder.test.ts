import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findTerms, type TermMatch } from "./term-finder.ts";

function occurrences(text: string, terms: readonly string[]): TermMatch[] {
  return terms.flatMap((term, index) => {
    const matches: TermMatch[] = [];
    for (let start = text.indexOf(term); start >= 0; start = text.indexOf(term, start + 1)) {
      matches.push({ term: index, start, end: start + term.length });
    }
    return matches;
  });
}

function inOrder(matches: readonly TermMatch[]): TermMatch[] {
  return [...matches].sort((one, other) => one.term - other.term || one.start - other.start);
}

describe("findTerms", () => {
  it("finds exactly the occurrences that a search for each term finds", () => {
    const string = (minLength: number, maxLength: number) =>
      fc.array(fc.constantFrom(..."ab-é한\ud800"), { minLength, maxLength }).map((units) => units.join(""));
    fc.assert(
      fc.property(fc.uniqueArray(string(1, 9), { minLength: 1, maxLength: 12 }), string(0, 200), (terms, text) => {
        expect(inOrder(findTerms(text, terms))).toEqual(occurrences(text, terms));
      }),
      { numRuns: 1000 },
    );
  });

  it("finds the same when so many terms share a beginning that it stops skipping", () => {
    const terms = Array.from({ length: 400 }, (_, index) => `10.0.0.1${index}`);
    const text = `${terms.join(" ")} ${"10.0.0.1 ".repeat(500)}`;
    expect(inOrder(findTerms(text, terms))).toEqual(occurrences(text, terms));
  });

  it("finds nothing where there is nothing to look for", () => {
    expect(findTerms("some text", [])).toEqual([]);
  });
});
