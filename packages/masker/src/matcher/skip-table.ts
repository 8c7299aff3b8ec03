const BLOCK = 3;
const TABLE_BITS = 14;

/** Told of a place where a term may start, by the term's number; answers whether to go on. */
export type Visit = (term: number, start: number) => boolean;

/**
 * Skips through a text as Wu and Manber describe ("A fast algorithm for multi-pattern searching", TR-94-17): a window as
 * wide as the shortest term moves over it, and a table says how far the window's last three units are from the end of
 * any term's beginning. Most windows are moved by nearly their whole width.
 */
export class SkipTable {
  readonly #width: number;
  readonly #shifts: Uint8Array;
  /** Terms whose beginnings end in the same block, as lists: the first one by block, the next one by term. */
  readonly #firstWith = new Int32Array(1 << TABLE_BITS).fill(-1);
  readonly #nextWith: Int32Array;

  /** @param terms of at least three units each */
  constructor(terms: readonly string[]) {
    this.#width = terms.reduce((shortest, term) => Math.min(shortest, term.length), 255);
    this.#shifts = new Uint8Array(1 << TABLE_BITS).fill(this.#width - BLOCK + 1);
    this.#nextWith = new Int32Array(terms.length);
    terms.forEach((term, position) => {
      let block = 0;
      for (let end = BLOCK - 1; end < this.#width; end++) {
        block = hashBlock(term.charCodeAt(end), term.charCodeAt(end - 1), term.charCodeAt(end - 2));
        this.#shifts[block] = Math.min(this.#shifts[block]!, this.#width - 1 - end);
      }
      this.#nextWith[position] = this.#firstWith[block]!;
      this.#firstWith[block] = position;
    });
  }

  /**
   * Visits every place where a term stands, and some where none does. Reads the text at two places in turn, its halves:
   * each shift has to wait for the one before it, and the processor does the other half's work in the meantime.
   */
  visit(units: Uint16Array, visit: Visit): void {
    const shifts = this.#shifts;
    const middle = Math.max(this.#width - 1, units.length >> 1);
    let one = this.#width - 1;
    let other = middle;
    while (one < middle && other < units.length) {
      const shift = shifts[hashBlock(units[one]!, units[one - 1]!, units[one - 2]!)]!;
      const otherShift = shifts[hashBlock(units[other]!, units[other - 1]!, units[other - 2]!)]!;
      if (shift === 0 && !this.#visitAt(units, one, visit)) return;
      if (otherShift === 0 && !this.#visitAt(units, other, visit)) return;
      one += shift || 1;
      other += otherShift || 1;
    }
    if (this.#visitRange(units, one, middle, visit)) this.#visitRange(units, other, units.length, visit);
  }

  #visitRange(units: Uint16Array, from: number, to: number, visit: Visit): boolean {
    for (let end = from; end < to; ) {
      const shift = this.#shifts[hashBlock(units[end]!, units[end - 1]!, units[end - 2]!)]!;
      if (shift === 0 && !this.#visitAt(units, end, visit)) return false;
      end += shift || 1;
    }
    return true;
  }

  #visitAt(units: Uint16Array, end: number, visit: Visit): boolean {
    const block = hashBlock(units[end]!, units[end - 1]!, units[end - 2]!);
    for (let term = this.#firstWith[block]!; term >= 0; term = this.#nextWith[term]!) {
      if (!visit(term, end - this.#width + 1)) return false;
    }
    return true;
  }
}

function hashBlock(last: number, middle: number, first: number): number {
  return Math.imul(last ^ (middle << 7) ^ (first << 14), 0x9e37_79b1) >>> (32 - TABLE_BITS);
}
