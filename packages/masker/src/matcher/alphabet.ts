import type { CharClass } from "./char-class.ts";
import type { CodeUnits } from "./code-units.ts";

/** Every code unit below this is a letter of its own. */
const asciiSize = 128;

/**
 * Groups code units into letters. Units above ASCII that all classes in use treat alike share a letter, so that an
 * automaton's table needs only one column per letter instead of 65,536. An ASCII unit is its own letter, so the bytes of an
 * ASCII text already are its letters.
 */
export interface Alphabet {
  /** How many letters there are. */
  readonly size: number;
  letterOf(unit: number): number;
  /** For each letter, 1 if the class has it. Always the same object for a class. */
  marksOf(of: CharClass): Uint8Array;
  /** The same for a few single units. */
  marksOfUnits(units: readonly number[]): Uint8Array;
  /** Converts a text into letters, one for each code unit. */
  spell(units: CodeUnits): Uint8Array | Uint16Array;
}

/** @param units single code units that need a letter of their own, such as those of literal terms */
export function createAlphabet(classes: Iterable<CharClass>, units: Iterable<number>): Alphabet {
  const distinct = [...new Set(classes)];
  const alone = new Set(units);
  const named = new Set(alone);
  for (const of of distinct) for (const unit of of.named) named.add(unit);

  // One unit for each letter. Letter 128 is every unit above ASCII that nothing names.
  const representatives = Array.from({ length: asciiSize }, (_, unit) => unit);
  representatives.push(firstUnnamed(named));
  const letters = new Uint16Array(0x1_0000).fill(asciiSize);
  for (let unit = 0; unit < asciiSize; unit++) letters[unit] = unit;
  const letterBySignature = new Map<string, number>();
  for (const unit of named) {
    if (unit < asciiSize) continue;
    const signature = alone.has(unit) ? `=${unit}` : distinct.map((of) => (of.has(unit) ? "1" : "0")).join("");
    let letter = letterBySignature.get(signature);
    if (letter === undefined) {
      letter = representatives.push(unit) - 1;
      letterBySignature.set(signature, letter);
    }
    letters[unit] = letter;
  }

  const size = representatives.length;
  const marksByClass = new Map<CharClass, Uint8Array>();
  const marksByUnits = new Map<string, Uint8Array>();
  return {
    size,
    letterOf: (unit) => letters[unit]!,
    marksOf(of) {
      let marks = marksByClass.get(of);
      if (marks === undefined) {
        marks = Uint8Array.from(representatives, (unit) => (of.has(unit) ? 1 : 0));
        marksByClass.set(of, marks);
      }
      return marks;
    },
    marksOfUnits(units) {
      const key = units.join();
      let marks = marksByUnits.get(key);
      if (marks === undefined) {
        marks = new Uint8Array(size);
        for (const unit of units) marks[letters[unit]!] = 1;
        marksByUnits.set(key, marks);
      }
      return marks;
    },
    spell(units) {
      if (units instanceof Uint8Array) return units;
      const spelled = size <= 256 ? new Uint8Array(units.length) : new Uint16Array(units.length);
      for (let index = 0; index < units.length; index++) spelled[index] = letters[units[index]!]!;
      return spelled;
    },
  };
}

/** The first unit above ASCII that isn't in `named`; the very last unit if there is none. */
function firstUnnamed(named: ReadonlySet<number>): number {
  let unit = asciiSize;
  while (unit < 0xffff && named.has(unit)) unit++;
  return unit;
}
