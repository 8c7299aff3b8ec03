import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Automaton } from "./automaton.ts";
import { charClass, digit, lowerHex, notWord, word } from "./char-class.ts";
import { codeUnitsOf } from "./code-units.ts";
import type { Needle } from "./needle.ts";
import { scan } from "./scan.ts";
import { anyCase, repeat, trigger } from "./trigger.ts";

/** Finds every end of every needle with the platform's regular expressions, at each place in turn. */
function endsByRegularExpression(pattern: string, flags: string, text: string): number[] {
  const ends = new Set<number>();
  const padded = `\n${text}`;
  for (let end = 0; end <= padded.length; end++) {
    for (let begin = 0; begin <= end; begin++) {
      if (new RegExp(`^(?:${pattern})$`, flags).test(padded.slice(begin, end))) ends.add(end - 1);
    }
  }
  return [...ends].filter((end) => end > 0).sort((one, other) => one - other);
}

function endsByScan(needles: readonly Needle[], text: string): { end: number; needle: number }[] {
  const automaton = new Automaton(needles);
  return scan(automaton, codeUnitsOf(text)).flatMap((hits) =>
    Array.from({ length: hits.count }, (_, index) =>
      automaton.needlesOf(hits.setAt(index)).map((needle) => ({ end: hits.endAt(index), needle })),
    ).flat(),
  );
}

const examples: { needle: Needle; pattern: string; flags: string }[] = [
  { needle: { trigger: trigger(["i-", repeat(lowerHex, 4)]) }, pattern: "i-[0-9a-f]{4}", flags: "s" },
  {
    needle: { trigger: trigger([digit, ".", repeat(digit, 1, 3), ".", digit]) },
    pattern: "\\d\\.\\d{1,3}\\.\\d",
    flags: "s",
  },
  {
    needle: { trigger: trigger([anyCase("ab"), repeat(charClass(" "), 0, 2), "="]) },
    pattern: "ab ?? ?=",
    flags: "is",
  },
  { needle: { trigger: trigger("a", { before: notWord }) }, pattern: "[^A-Za-z0-9_]a", flags: "s" },
  { needle: { trigger: trigger([repeat(word, 2, 3), "-"]) }, pattern: "[A-Za-z0-9_]{2,3}-", flags: "s" },
  { needle: { term: "버킷", case: "sensitive" }, pattern: "버킷", flags: "s" },
  { needle: { term: "a-1", case: "insensitive" }, pattern: "[aA]-1", flags: "s" },
];

describe("scan", () => {
  it("finds every end that regular expressions find, for all needles at once", () => {
    const unit = fc.constantFrom(..."abiA-1.0f= 버킷_\ud800é");
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 40 }), (units) => {
        const text = units.join("");
        const found = endsByScan(
          examples.map(({ needle }) => needle),
          text,
        );
        examples.forEach(({ pattern, flags }, index) => {
          expect(found.filter(({ needle }) => needle === index).map(({ end }) => end)).toEqual(
            endsByRegularExpression(pattern, flags, text),
          );
        });
      }),
      { numRuns: 300 },
    );
  });

  it("finds the same in several lanes as in one, wherever a needle is", () => {
    const needles = examples.map(({ needle }) => needle);
    for (const length of [4095, 4096, 4097, 9001]) {
      for (let shift = -12; shift <= 12; shift++) {
        const at = (length >> 1) + shift;
        const text = `a${"x ".repeat(length).slice(0, at - 1)}i-12ab 버킷 1.22.3${"x ".repeat(length)}`.slice(
          0,
          length,
        );
        const short = endsByScan(needles, text.slice(at - 40, at + 40)).map(({ end, needle }) => ({
          end: end + at - 40,
          needle,
        }));
        const long = endsByScan(needles, text).filter(({ end }) => end > at - 30 && end <= at + 40);
        expect(long).toEqual(short.filter(({ end }) => end > at - 30));
        expect(endsByScan(needles, text)[0]).toEqual({ end: 1, needle: 3 });
      }
    }
  });

  it("treats the start of the text as the start of a word", () => {
    expect(endsByScan([{ trigger: trigger("a", { before: notWord }) }], "a ba")).toEqual([{ end: 1, needle: 0 }]);
  });

  it("gives the same answers after its table was full and it started over", () => {
    const automaton = new Automaton([{ term: "needle", case: "sensitive" }]);
    let state = automaton.start;
    for (const character of "xneed") {
      state = automaton.resolve(state, automaton.alphabet.letterOf(character.charCodeAt(0)));
    }
    [state] = automaton.reset([state]) as [number];
    for (const character of "le") {
      state = automaton.resolve(state, automaton.alphabet.letterOf(character.charCodeAt(0)));
    }
    expect(automaton.needlesOf(automaton.endingAt(~state))).toEqual([0]);
  });
});
