import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Automaton } from "../matcher/automaton.ts";
import { codeUnitsOf } from "../matcher/code-units.ts";
import { scan } from "../matcher/scan.ts";
import { hostileText, testTypes } from "../tokens/corpus/hostile-text.ts";
import { createTokenFormat } from "../tokens/token-format.ts";
import { createTokenReader } from "../tokens/token-reader.ts";
import { lookAlikeTriggers } from "./look-alikes.ts";

const automaton = new Automaton(lookAlikeTriggers(testTypes).map((trigger) => ({ trigger })));
const readers = [undefined, { prefix: "[[", suffix: "]]" }].map((delimiters) =>
  createTokenReader(createTokenFormat(delimiters), testTypes),
);

describe("lookAlikeTriggers", () => {
  it("fire wherever a reader finds a token, in any spelling", () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const ends = scan(automaton, codeUnitsOf(text)).flatMap((hits) =>
          Array.from({ length: hits.count }, (_, index) => hits.endAt(index)),
        );
        for (const reader of readers) {
          for (const { start, end } of reader.read(text)) {
            expect(ends.some((place) => start < place && place <= end)).toBe(true);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});
