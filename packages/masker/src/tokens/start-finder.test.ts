import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Automaton } from "../matcher/automaton.ts";
import { scan } from "../matcher/scan.ts";
import { hostileText, TEST_TYPES } from "./corpus/hostile-text.ts";
import { createStartFinder, tokenTriggers } from "./start-finder.ts";
import { createTokenFormat } from "./token-format.ts";
import { createTokenReader } from "./token-reader.ts";

const { findStarts } = createStartFinder(TEST_TYPES);
const triggers = tokenTriggers(TEST_TYPES);
const automaton = new Automaton(triggers.map((one) => ({ trigger: one })));

function startsByAutomaton(text: string): number[] {
  const starts = scan(automaton, text).flatMap((hits) =>
    Array.from({ length: hits.count }, (_, index) =>
      automaton.needlesOf(hits.setAt(index)).map((needle) => hits.endAt(index) - triggers[needle]!.longest),
    ).flat(),
  );
  return [...new Set(starts)].sort((one, other) => one - other);
}

describe("tokenTriggers", () => {
  it("fire where the finder finds a start, and nowhere else", () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        expect(startsByAutomaton(text)).toEqual([...findStarts(text, 0)]);
      }),
    );
  });

  it("lead a reader to the same tokens", () => {
    const reader = createTokenReader(createTokenFormat(), TEST_TYPES);
    fc.assert(
      fc.property(hostileText(), (text) => {
        expect(reader.read(text, startsByAutomaton(text))).toEqual(reader.read(text));
      }),
    );
  });
});

describe("createStartFinder", () => {
  it("finds overlapping starts, in either case, from the place asked for", () => {
    expect([...findStarts("NAWS_EC2 aws-ec2", 0)]).toEqual([0, 1, 9]);
    expect([...findStarts("NAWS_EC2 aws-ec2", 1)]).toEqual([1, 9]);
  });

  it("finds nothing without types", () => {
    expect([...createStartFinder([]).findStarts("AWS_EC2", 0)]).toEqual([]);
  });
});
