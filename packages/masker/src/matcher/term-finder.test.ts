import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { codeUnitsOf } from "./code-units.ts";
import type { Span } from "./span.ts";
import { findTerms } from "./term-finder.ts";
import type { TermMatch } from "./term-matches.ts";

/** The places covered by occurrences that aren't inside one covered part, found by a search for each term. */
function placesOf(text: string, terms: readonly string[], covered: readonly Span[]): number[] {
  const places = new Set<number>();
  for (const term of terms) {
    for (let start = text.indexOf(term); start >= 0; start = text.indexOf(term, start + 1)) {
      const end = start + term.length;
      if (covered.some((span) => span.start <= start && end <= span.end)) continue;
      for (let place = start; place < end; place++) places.add(place);
    }
  }
  return [...places].sort((one, other) => one - other);
}

/** The terms follow the text, so that they are parts of it. What is found there isn't returned. */
function findIn(text: string, terms: readonly string[], covered: readonly Span[]): TermMatch[] {
  let end = text.length;
  const spans = terms.map((term) => {
    end += term.length + 1;
    return { start: end - term.length, end };
  });
  const units = codeUnitsOf([text, ...terms].join("|"));
  const behind = { start: text.length, end };
  return findTerms(units, spans, covered.concat(behind)).filter((match) => match.end <= text.length);
}

function placesFound(text: string, terms: readonly string[], covered: readonly Span[]): number[] {
  const places = new Set<number>();
  for (const { term, start, end } of findIn(text, terms, covered)) {
    const found = text.slice(start, end);
    expect(found.startsWith(terms[term]!) && found.endsWith(terms[term]!)).toBe(true);
    for (let place = start; place < end; place++) places.add(place);
  }
  return [...places].sort((one, other) => one - other);
}

const string = (letters: string, minLength: number, maxLength: number) =>
  fc.array(fc.constantFrom(...letters), { minLength, maxLength }).map((units) => units.join(""));

/** Parts of a text, in order and without overlaps. */
const spans = fc
  .uniqueArray(fc.nat(200), { maxLength: 10 })
  .map((places) => places.sort((one, other) => one - other))
  .map((places) =>
    places.flatMap((start, index) => (index % 2 === 0 ? [{ start, end: places[index + 1] ?? 201 }] : [])),
  );

describe("findTerms", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each([
    ["short and long terms", "ab-é한\ud800", 1, 9],
    ["long terms", "ab-é한\ud800", 5, 9],
    ["long terms in ASCII", "ab-", 5, 9],
    ["terms as long as two steps of the search", "ab", 17, 40],
  ])("covers what a search for each term finds outside the covered parts: %s", (_what, letters, from, to) => {
    const terms = fc.uniqueArray(string(letters, from, to), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(terms, string(letters, 0, 200), spans, (list, rest, covered) => {
        // Random text rarely contains a long term.
        const text = `${rest.slice(0, 90)}${list[0]}${rest.slice(90)}`;
        const inside = covered.filter(({ end }) => end <= text.length);
        expect(placesFound(text, list, inside)).toEqual(placesOf(text, list, inside));
      }),
      { numRuns: 1000 },
    );
  });

  it("covers the same if so many terms share a beginning that it gives up on samples", () => {
    const terms = Array.from({ length: 300 }, (_, index) => `10.0.0.1${index}`).concat("10.0.0.1");
    const text = `${terms.join(" ")} ${"10.0.0.1 ".repeat(500)}`;
    expect(placesFound(text, terms, [])).toEqual(placesOf(text, terms, []));
  });

  it("gives one match for a place where several terms end", () => {
    const terms = Array.from({ length: 60 }, (_, index) => "a".repeat(index + 1));
    expect(findIn("a".repeat(2_000), terms, []).length).toBeLessThanOrEqual(2_000);
  });

  it("gives one match for overlapping occurrences of a term, in either half of a text", () => {
    expect(findIn(`${"a".repeat(2_000)} ${"a".repeat(2_000)}`, ["aaaaaaaa", "aa"], []).length).toBeLessThan(20);
  });

  it("finds nothing if there is nothing to look for", () => {
    expect(findIn("some text", [], [])).toEqual([]);
  });

  const numbers = Array.from({ length: 500 }, (_, index) => String(10_000 + index));
  it.each([
    ["terms of few units", numbers, numbers.join("").repeat(4)],
    ["terms that differ in the last unit", numbers.map((number) => "z1".repeat(20) + number), "z1".repeat(10_000)],
    ["terms that differ in the first unit", numbers.map((number) => number + "z1".repeat(20)), "z1".repeat(10_000)],
    ["a term that repeats itself, and so does the text", ["xoxb-".repeat(4_000)], "xoxb-".repeat(8_000)],
    ["terms that are beginnings of one another", numbers.map((_, index) => "1".repeat(5 + index)), "1".repeat(20_000)],
    ["terms that are ends of one another", numbers.map((_, index) => `${"1".repeat(5 + index)}b`), "1".repeat(20_000)],
  ])("reads each unit a few times, even if it gives up: %s", (_what, terms, text) => {
    const reads = [vi.spyOn(DataView.prototype, "getInt32"), vi.spyOn(DataView.prototype, "getUint8")];
    findIn(text, terms, []);
    const length = text.length + terms.join("|").length;
    expect(reads.reduce((sum, { mock }) => sum + mock.calls.length, 0)).toBeLessThan(24 * length);
  });
});
