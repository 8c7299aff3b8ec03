import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { codeUnitsOf } from "./code-units.ts";
import { firstAlike } from "./first-alike.ts";

/** Few letters and short parts, so that many parts are alike or almost alike. */
const textOf = (letters: string) =>
  fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 60 }).map((units) => units.join(""));

/**
 * Texts of `pairs` pairs of units each whose hashes are the same for every seed: a difference in the highest bit of the
 * first word is shifted into just the bits that the second one differs in.
 */
function collidingTexts(pairs: number): string[] {
  const blocks = ["a\u3042b\u3042", "a\ub042b\ub043"];
  return Array.from({ length: 2 ** pairs }, (_, index) =>
    Array.from({ length: pairs }, (_, pair) => blocks[(index >> pair) & 1]).join(""),
  );
}

describe("firstAlike", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each(["ab", "a한", "a\ud800\u0161a"])("finds for each span the first one with the same text, of %j", (letters) => {
    const spans = fc.array(fc.tuple(fc.nat(59), fc.nat(9)), { maxLength: 40 });
    fc.assert(
      fc.property(textOf(letters), spans, (text, places) => {
        const list = places.map(([start, length]) => ({
          start: Math.min(start, text.length),
          end: Math.min(start + length, text.length),
        }));
        const texts = list.map(({ start, end }) => text.slice(start, end));
        expect([...firstAlike(text, codeUnitsOf(text), list)]).toEqual(texts.map((value) => texts.indexOf(value)));
      }),
      { numRuns: 500 },
    );
  });

  it("reads each unit a few times, even in texts that are made to collide", () => {
    const texts = collidingTexts(11);
    const list = [...texts, ...texts];
    const text = list.join("");
    const length = text.length / list.length;
    const spans = list.map((_, index) => ({ start: index * length, end: (index + 1) * length }));
    const reads = [vi.spyOn(DataView.prototype, "getInt32"), vi.spyOn(DataView.prototype, "getUint8")];
    const first = firstAlike(text, codeUnitsOf(text), spans);
    expect(reads.reduce((sum, { mock }) => sum + mock.calls.length, 0)).toBeLessThan(4 * text.length);
    expect([...first]).toEqual(list.map((_, index) => index % texts.length));
  });
});
