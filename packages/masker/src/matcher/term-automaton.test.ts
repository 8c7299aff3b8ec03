import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { codeUnitsOf } from "./code-units.ts";
import { TermAutomaton } from "./term-automaton.ts";

/** Counts the look-ups of `make` in its tables, all of which are of 32-bit integers. */
function countReads(make: () => void): number {
  let reads = 0;
  const Table = Int32Array;
  function CountedTable(length: number): Int32Array {
    const table: Int32Array = new Proxy(new Table(length), {
      get(target, name) {
        if (name === "fill") return (value: number) => target.fill(value) && table;
        reads++;
        return Reflect.get(target, name);
      },
    });
    return table;
  }
  vi.stubGlobal("Int32Array", CountedTable);
  make();
  vi.unstubAllGlobals();
  return reads;
}

/** A few random seeds would make a table that only multiplies put all entries in one region. These are among them. */
const drawn = fc.oneof(
  fc.nat(2 ** 31 - 1),
  fc.nat(64),
  fc.nat(64).map((times) => Math.imul(inverseOf(0x9e37_79b1), 2 * times + 1) >>> 1),
);

function inverseOf(odd: number): number {
  let inverse = 1;
  for (let bits = 1; bits < 32; bits *= 2) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  return inverse;
}

describe("TermAutomaton", () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  it.each([
    ["one long term that nearly stands again", [`${"a".repeat(4_000)}b`], "a".repeat(4_000)],
    ["terms that part at every place", terms(100, (index) => `${"a".repeat(index)}b`), "a".repeat(4_000)],
    ["terms that part once", terms(1_000, (index) => `a${index}|`), "a1234".repeat(4_000)],
    [
      "terms that part at their beginnings",
      terms(1_000, (index) => `${String.fromCharCode(0x4e00 + index)}b`),
      "한".repeat(4_000),
    ],
  ])("reads its tables a few times per unit, whatever seed it draws: %s", (_what, list, rest) => {
    const text = list.join("") + rest;
    const units = codeUnitsOf(text);
    let end = 0;
    const spans = list.map(({ length }) => {
      end += length;
      return { start: end - length, end };
    });
    fc.assert(
      fc.property(drawn, (number) => {
        vi.spyOn(Math, "random").mockReturnValue(number / 2 ** 31);
        const reads = countReads(() => {
          new TermAutomaton(units, spans).scan(() => undefined);
        });
        expect(reads).toBeLessThan(40 * text.length);
      }),
      { numRuns: 10, endOnFailure: true },
    );
  });
});

function terms(count: number, termOf: (index: number) => string): string[] {
  return Array.from({ length: count }, (_, index) => termOf(index));
}
