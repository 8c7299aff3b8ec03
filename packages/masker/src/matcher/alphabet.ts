import type { CharClass } from "./char-class.ts";

/**
 * The code units cut into letters: units that every class in use treats alike are one letter, so an automaton's table
 * has a column a letter instead of 65,536.
 */
export interface Alphabet {
  /** How many letters there are. */
  readonly size: number;
  /** The letter of each code unit. */
  readonly letterOf: Uint16Array;
  /** The letters that make up a class. */
  lettersOf(of: CharClass): readonly number[];
}

/** @param units single code units that must be told apart from all others, as the units of literal terms. */
export function createAlphabet(classes: Iterable<CharClass>, units: Iterable<number>): Alphabet {
  const distinct = [...new Set(classes)];
  const alone = new Set(units);
  const named = new Set(alone);
  for (const of of distinct) for (const unit of of.named) named.add(unit);

  const letterOf = new Uint16Array(0x1_0000);
  const letterBySignature = new Map<string, number>();
  // Letter 0 is every unit that nothing names.
  const representatives: number[] = [firstUnnamed(named)];
  // In the order of their codes: letters that stand together in text stand together in a row.
  for (const unit of [...named].sort((one, other) => one - other)) {
    const signature = alone.has(unit) ? `=${unit}` : distinct.map((of) => (of.has(unit) ? "1" : "0")).join("");
    let letter = letterBySignature.get(signature);
    if (letter === undefined) {
      letter = representatives.length;
      letterBySignature.set(signature, letter);
      representatives.push(unit);
    }
    letterOf[unit] = letter;
  }

  const lettersByClass = new Map<CharClass, readonly number[]>();
  const lettersOf = (of: CharClass): readonly number[] => {
    let letters = lettersByClass.get(of);
    if (letters === undefined) {
      letters = representatives.flatMap((unit, letter) => (unit >= 0 && of.has(unit) ? [letter] : []));
      lettersByClass.set(of, letters);
    }
    return letters;
  };
  return { size: representatives.length, letterOf, lettersOf };
}

/** A unit outside of `named`, or -1 when there is none left. */
function firstUnnamed(named: ReadonlySet<number>): number {
  for (let unit = 0; unit < 0x1_0000; unit++) if (!named.has(unit)) return unit;
  return -1;
}
