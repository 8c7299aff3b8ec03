import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { codeUnitsOf } from "./code-units.ts";
import { TermAutomaton } from "./term-automaton.ts";

/** What `make` looks up in the tables that it makes, which are all of 32-bit integers. */
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

/** What makes `Math.random` give the factor of a table. */
const randomOf = (factor: number): number => (factor - 1) / 2 / 2 ** 31;

/** The number that a node's is multiplied with, and its inverse: both together put one node straight behind another. */
const INVERSE = inverseOf(0x9e37_79b1);

function inverseOf(odd: number): number {
  let inverse = 1;
  for (let bits = 1; bits < 32; bits *= 2) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  return inverse >>> 0;
}

describe("TermAutomaton", () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  it("takes a few steps a unit, whatever factor it draws", () => {
    const factor = fc.oneof(
      fc.nat(2 ** 31 - 1).map((half) => half * 2 + 1),
      fc
        .nat(64)
        .map((times) => ((INVERSE * (2 * times + 1)) % 2 ** 32) | 1)
        .map((number) => number >>> 0),
    );
    const length = 4_000;
    const units = codeUnitsOf(`${"a".repeat(length - 1)}b ${"a".repeat(length)}`);
    fc.assert(
      fc.property(factor, (drawn) => {
        vi.spyOn(Math, "random").mockReturnValue(randomOf(drawn));
        const reads = countReads(() => {
          new TermAutomaton(units, [{ start: 0, end: length }]).scan(() => undefined);
        });
        expect(reads).toBeLessThan(60 * length);
      }),
      { numRuns: 60 },
    );
  });
});
