import type { CodeUnits } from "./code-units.ts";

const BLOCK = 3;
const TABLE_BITS = 14;

/** Told of a place where a term may start, by the term's number; answers whether to go on. */
export type Visit = (term: number, start: number) => boolean;

/**
 * Skips through a text as Wu and Manber describe ("A fast algorithm for multi-pattern searching", TR-94-17): a window as
 * wide as the shortest term moves over it, and a table says how far the window's last three units are from the end of
 * any term's beginning. Most windows are moved by nearly their whole width; one that isn't is compared with the terms
 * whose beginnings have its hash.
 */
export class SkipTable {
  readonly #width: number;
  readonly #shifts = new Uint8Array(1 << TABLE_BITS);
  /** Terms by the hash of their beginning, as lists: the first one by bucket, the next one by term. */
  readonly #firstIn: Int32Array;
  readonly #nextOf: Int32Array;
  readonly #hashOf: Int32Array;

  /** @param terms of at least three units each */
  constructor(terms: readonly string[]) {
    this.#width = terms.reduce((shortest, term) => Math.min(shortest, term.length), 64);
    this.#shifts.fill(this.#width - BLOCK + 1);
    this.#firstIn = new Int32Array(2 ** Math.ceil(Math.log2(terms.length * 4))).fill(-1);
    this.#nextOf = new Int32Array(terms.length);
    this.#hashOf = new Int32Array(terms.length);
    const units = new Uint16Array(this.#width);
    terms.forEach((term, position) => {
      for (let index = 0; index < this.#width; index++) units[index] = term.charCodeAt(index);
      for (let end = BLOCK - 1; end < this.#width; end++) {
        const block = hashBlock(units[end]!, units[end - 1]!, units[end - 2]!);
        this.#shifts[block] = Math.min(this.#shifts[block]!, this.#width - 1 - end);
      }
      const hash = this.#hashWindow(units, this.#width - 1);
      const bucket = hash & (this.#firstIn.length - 1);
      this.#hashOf[position] = hash;
      this.#nextOf[position] = this.#firstIn[bucket]!;
      this.#firstIn[bucket] = position;
    });
  }

  /**
   * Visits every place from `from` where a term starts whose beginning ends before `to`, and a few where none does.
   * Reads at two places in turn, the halves: each shift has to wait for the one before it, and the processor does the
   * other half's work in the meantime.
   *
   * @returns whether the visits went on to the end
   */
  visit(units: CodeUnits, from: number, to: number, visit: Visit): boolean {
    const shifts = this.#shifts;
    let one = from + this.#width - 1;
    const middle = Math.max(one, (from + to) >> 1);
    let other = middle;
    while (one < middle && other < to) {
      const shift = shifts[hashBlock(units[one]!, units[one - 1]!, units[one - 2]!)]!;
      const otherShift = shifts[hashBlock(units[other]!, units[other - 1]!, units[other - 2]!)]!;
      if (shift === 0 && !this.#visitAt(units, one, visit)) return false;
      if (otherShift === 0 && !this.#visitAt(units, other, visit)) return false;
      one += shift || 1;
      other += otherShift || 1;
    }
    return this.#visitRange(units, one, middle, visit) && this.#visitRange(units, other, to, visit);
  }

  #visitRange(units: CodeUnits, from: number, to: number, visit: Visit): boolean {
    for (let end = from; end < to; ) {
      const shift = this.#shifts[hashBlock(units[end]!, units[end - 1]!, units[end - 2]!)]!;
      if (shift === 0 && !this.#visitAt(units, end, visit)) return false;
      end += shift || 1;
    }
    return true;
  }

  #visitAt(units: CodeUnits, end: number, visit: Visit): boolean {
    const hash = this.#hashWindow(units, end);
    const bucket = hash & (this.#firstIn.length - 1);
    for (let term = this.#firstIn[bucket]!; term >= 0; term = this.#nextOf[term]!) {
      if (this.#hashOf[term] === hash && !visit(term, end - this.#width + 1)) return false;
    }
    return true;
  }

  #hashWindow(units: CodeUnits, end: number): number {
    let hash = 0;
    for (let index = end - this.#width + 1; index <= end; index++) hash = Math.imul(hash, 0x0100_0193) ^ units[index]!;
    return hash ^ (hash >>> 15);
  }
}

function hashBlock(last: number, middle: number, first: number): number {
  return Math.imul(last ^ (middle << 7) ^ (first << 14), 0x9e37_79b1) >>> (32 - TABLE_BITS);
}
