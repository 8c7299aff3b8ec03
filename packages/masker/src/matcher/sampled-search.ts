import type { CodeUnits } from "./code-units.ts";
import type { Span } from "./span.ts";
import { countSameBytes, hashBytes, memoryOf } from "./text-memory.ts";

/** A sample is this many units in a row. */
const sample = 4;
/** A table entry has one bit for each place in the beginning of a term. */
const maxStep = 16;

/** Called for each occurrence of a term, with the term's number. */
export type Found = (term: number, start: number) => void;

/**
 * Looks for exact terms by samples: it only looks at every `step`-th place of a text.
 *
 * The beginning of a term is as long as the shortest term. It contains `step` samples, one at each of its places, so wherever
 * the term occurs, the search looks at exactly one of them. A table says at which places of a beginning that sample may be.
 * Only there is the text compared with the terms whose beginnings have its hash.
 *
 * This takes as few look-ups as the best case of skipping (Wu and Manber), and no look-up has to wait for the one before it.
 *
 * The terms are parts of the text itself, so no strings are made. Terms with the same beginning have to be compared one by
 * one, and after too many comparisons the search gives up.
 */
export class SampledSearch {
  readonly #memory: DataView;
  /** Bytes per code unit. */
  readonly #bytes: number;
  readonly #terms: readonly Span[];
  readonly #width: number;
  readonly #step: number;
  readonly #shift: number;
  /** By the hash of a sample: bit `n` is set if some term has that sample `n` units into its beginning. */
  readonly #places: Uint16Array;
  /** Lists of terms whose beginnings have the same hash: the first term by bucket, then the next one by term. */
  readonly #firstIn: Int32Array;
  readonly #nextOf: Int32Array;
  readonly #hashOf: Int32Array;
  #comparisonsLeft: number;

  /** @param terms of at least {@link sample} units each, without duplicates */
  constructor(units: CodeUnits, terms: readonly Span[], maxComparisons: number) {
    this.#memory = memoryOf(units);
    this.#bytes = units.BYTES_PER_ELEMENT;
    this.#terms = terms;
    this.#comparisonsLeft = maxComparisons;
    const shortest = terms.reduce((least, { start, end }) => Math.min(least, end - start), Number.POSITIVE_INFINITY);
    this.#step = Math.min(maxStep, shortest - sample + 1);
    this.#width = this.#step + sample - 1;
    // The table grows with the terms. Otherwise every other sample would match by chance.
    const bits = Math.min(16, Math.max(12, Math.ceil(Math.log2(terms.length * this.#step * 16))));
    this.#shift = 32 - bits;
    this.#places = new Uint16Array(1 << bits);
    this.#firstIn = new Int32Array(2 ** Math.ceil(Math.log2(terms.length * 4))).fill(-1);
    this.#nextOf = new Int32Array(terms.length);
    this.#hashOf = new Int32Array(terms.length);
    for (let term = 0; term < terms.length; term++) this.#add(term);
  }

  /** Whether it gave up after too many comparisons. Then it hasn't found everything. */
  get hasGivenUp(): boolean {
    return this.#comparisonsLeft < 0;
  }

  /**
   * Finds every occurrence of a term whose beginning lies within one gap, in text order.
   *
   * @param gaps pairs of a start and an end
   */
  find(gaps: Int32Array, found: Found): void {
    const step = this.#step;
    for (let gap = 0; gap < gaps.length && !this.hasGivenUp; gap += 2) {
      const from = gaps[gap]!;
      const to = gaps[gap + 1]!;
      const last = to - sample;
      for (let at = this.#nextHit(from, last); at <= last; at = this.#nextHit(at + step, last)) {
        this.#findAround(at, from, to, found);
      }
    }
  }

  /**
   * The next place from `from` on that has a table entry; after `last` if there is none. These are two bare loops, because
   * a loop that also handled hits, or checked the width of the units at each place, would take three times as long.
   */
  #nextHit(from: number, last: number): number {
    const memory = this.#memory;
    const places = this.#places;
    const shift = this.#shift;
    const step = this.#step;
    let at = from;
    if (this.#bytes === 2) while (at <= last && places[hashWide(memory, at) >>> shift] === 0) at += step;
    else while (at <= last && places[hashNarrow(memory, at) >>> shift] === 0) at += step;
    return at;
  }

  #sampleAt(at: number): number {
    return (this.#bytes === 2 ? hashWide(this.#memory, at) : hashNarrow(this.#memory, at)) >>> this.#shift;
  }

  #findAround(at: number, from: number, to: number, found: Found): void {
    const hit = this.#places[this.#sampleAt(at)]!;
    // The highest bit first, so that occurrences come in text order.
    for (let rest = hit; rest !== 0; ) {
      const place = 31 - Math.clz32(rest);
      rest ^= 1 << place;
      const start = at - place;
      if (start < from || start + this.#width > to) continue;
      // If the sample matched by chance, the first sample of the beginning rarely matches too.
      const first = this.#places[this.#sampleAt(start)]!;
      if ((first & 1) === 1) this.#compareAt(start, found);
    }
  }

  #compareAt(start: number, found: Found): void {
    const hash = this.#hashBeginning(start);
    let term = this.#firstIn[hash & (this.#firstIn.length - 1)]!;
    for (; term >= 0 && !this.hasGivenUp; term = this.#nextOf[term]!) {
      this.#comparisonsLeft -= 1 / 8;
      if (this.#hashOf[term] === hash && this.#hasTextAt(term, start)) found(term, start);
    }
  }

  #add(term: number): void {
    const { start } = this.#terms[term]!;
    const hash = this.#hashBeginning(start);
    const bucket = hash & (this.#firstIn.length - 1);
    this.#hashOf[term] = hash;
    this.#nextOf[term] = this.#firstIn[bucket]!;
    this.#firstIn[bucket] = term;
    for (let place = 0; place < this.#step; place++) {
      this.#places[this.#sampleAt(start + place)]! |= 1 << place;
    }
  }

  #hasTextAt(term: number, at: number): boolean {
    const { start, end } = this.#terms[term]!;
    const length = (end - start) * this.#bytes;
    const from = at * this.#bytes;
    this.#comparisonsLeft--;
    if (from + length > this.#memory.byteLength) return false;
    const same = countSameBytes(this.#memory, start * this.#bytes, from, length);
    this.#comparisonsLeft -= same >> 5;
    return same === length;
  }

  #hashBeginning(start: number): number {
    return hashBytes(this.#memory, start * this.#bytes, this.#width * this.#bytes, 0);
  }
}

/** Hashes four ASCII units, read as one number. The high bits of a hash are the good ones. */
function hashNarrow(memory: DataView, at: number): number {
  return Math.imul(memory.getInt32(at, true), 0x9e37_79b1);
}

/** Hashes four units of two bytes each. */
function hashWide(memory: DataView, at: number): number {
  const behind = Math.imul(memory.getInt32(2 * at + 4, true), 0x9e37_79b1);
  return Math.imul(memory.getInt32(2 * at, true) ^ behind, 0x9e37_79b1);
}
