import type { CodeUnits } from "./code-units.ts";
import type { Span } from "./span.ts";

const BLOCK = 3;
const TABLE_BITS = 14;

/** Told of a place where a term's text stands, by the term's number. */
export type Found = (term: number, start: number) => void;

/**
 * Skips through a text as Wu and Manber describe ("A fast algorithm for multi-pattern searching", TR-94-17): a window as
 * wide as the shortest term moves over it, and a table says how far the window's last three units are from the end of
 * any term's beginning. Most windows are moved by nearly their whole width; one that isn't is compared with the terms
 * whose beginnings have its hash.
 *
 * The terms are parts of the text itself, so that not one string is made of them. Terms that share their beginning have
 * to be compared one by one: after so many comparisons the table gives up.
 */
export class SkipTable {
  readonly #units: CodeUnits;
  readonly #terms: readonly Span[];
  readonly #width: number;
  readonly #shifts = new Uint8Array(1 << TABLE_BITS);
  /** Terms by the hash of their beginning, as lists: the first one by bucket, the next one by term. */
  readonly #firstIn: Int32Array;
  readonly #nextOf: Int32Array;
  readonly #hashOf: Int32Array;
  #comparisonsLeft: number;

  /** @param terms of at least three units each, no two of the same text */
  constructor(units: CodeUnits, terms: readonly Span[], maxComparisons: number) {
    this.#units = units;
    this.#terms = terms;
    this.#comparisonsLeft = maxComparisons;
    this.#width = terms.reduce((shortest, { start, end }) => Math.min(shortest, end - start), 64);
    this.#shifts.fill(this.#width - BLOCK + 1);
    this.#firstIn = new Int32Array(2 ** Math.ceil(Math.log2(terms.length * 4))).fill(-1);
    this.#nextOf = new Int32Array(terms.length);
    this.#hashOf = new Int32Array(terms.length);
    for (let term = 0; term < terms.length; term++) this.#add(term);
  }

  /** Whether it compared too often: then what it found isn't complete. */
  get hasGivenUp(): boolean {
    return this.#comparisonsLeft < 0;
  }

  /**
   * Finds every place from `from` where a term stands whose beginning ends before `to`. Reads at two places in turn, the
   * halves: each shift has to wait for the one before it, and the processor does the other half's work in the meantime.
   */
  find(from: number, to: number, found: Found): void {
    const shifts = this.#shifts;
    const units = this.#units;
    let one = from + this.#width - 1;
    const middle = Math.max(one, (from + to) >> 1);
    let other = middle;
    while (one < middle && other < to && !this.hasGivenUp) {
      const shift = shifts[hashBlock(units[one]!, units[one - 1]!, units[one - 2]!)]!;
      const otherShift = shifts[hashBlock(units[other]!, units[other - 1]!, units[other - 2]!)]!;
      if (shift === 0) this.#findAt(one, found);
      if (otherShift === 0) this.#findAt(other, found);
      one += shift || 1;
      other += otherShift || 1;
    }
    this.#findInRange(one, middle, found);
    this.#findInRange(other, to, found);
  }

  #findInRange(from: number, to: number, found: Found): void {
    const shifts = this.#shifts;
    const units = this.#units;
    for (let end = from; end < to && !this.hasGivenUp; ) {
      const shift = shifts[hashBlock(units[end]!, units[end - 1]!, units[end - 2]!)]!;
      if (shift === 0) this.#findAt(end, found);
      end += shift || 1;
    }
  }

  #findAt(end: number, found: Found): void {
    const hash = this.#hashWindow(end);
    const start = end - this.#width + 1;
    const bucket = hash & (this.#firstIn.length - 1);
    for (let term = this.#firstIn[bucket]!; term >= 0; term = this.#nextOf[term]!) {
      this.#comparisonsLeft -= 1 / 8;
      if (this.#hashOf[term] === hash && this.#hasTextAt(term, start)) found(term, start);
    }
  }

  #add(term: number): void {
    const units = this.#units;
    const { start } = this.#terms[term]!;
    const last = start + this.#width - 1;
    const hash = this.#hashWindow(last);
    const bucket = hash & (this.#firstIn.length - 1);
    this.#hashOf[term] = hash;
    this.#nextOf[term] = this.#firstIn[bucket]!;
    this.#firstIn[bucket] = term;
    for (let at = start + BLOCK - 1; at <= last; at++) {
      const block = hashBlock(units[at]!, units[at - 1]!, units[at - 2]!);
      if (this.#shifts[block]! > last - at) this.#shifts[block] = last - at;
    }
  }

  #hasTextAt(term: number, at: number): boolean {
    const { start, end } = this.#terms[term]!;
    const units = this.#units;
    const shift = at - start;
    this.#comparisonsLeft--;
    if (end + shift > units.length) return false;
    let index = start;
    while (index < end && units[index] === units[index + shift]) index++;
    this.#comparisonsLeft -= (index - start) >> 5;
    return index === end;
  }

  #hashWindow(end: number): number {
    const units = this.#units;
    let hash = 0;
    for (let index = end - this.#width + 1; index <= end; index++) hash = Math.imul(hash, 0x0100_0193) ^ units[index]!;
    return hash ^ (hash >>> 15);
  }
}

function hashBlock(last: number, middle: number, first: number): number {
  return Math.imul(last ^ (middle << 7) ^ (first << 14), 0x9e37_79b1) >>> (32 - TABLE_BITS);
}
