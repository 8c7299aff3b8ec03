import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeUnitsOf } from "./code-units.ts";
import { firstAlike } from "./first-alike.ts";

/** Few letters and short parts, so that many parts are alike or nearly so. */
const textOf = (letters: string) =>
  fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 60 }).map((units) => units.join(""));

describe("firstAlike", () => {
  it.each(["ab", "a한", "a\ud800\u0161a"])("names for each span the first one of the same text, of %j", (letters) => {
    const spans = fc.array(fc.tuple(fc.nat(59), fc.nat(9)), { maxLength: 40 });
    fc.assert(
      fc.property(textOf(letters), spans, (text, places) => {
        const list = places.map(([start, length]) => ({
          start: Math.min(start, text.length),
          end: Math.min(start + length, text.length),
        }));
        const texts = list.map(({ start, end }) => text.slice(start, end));
        expect([...firstAlike(codeUnitsOf(text), list)]).toEqual(texts.map((value) => texts.indexOf(value)));
      }),
      { numRuns: 500 },
    );
  });
});
