import type { Span } from "./span.ts";

/** An occurrence of a term, or several that overlap. `term` is its index in the list of terms. */
export interface TermMatch extends Span {
  readonly term: number;
}

interface OpenMatch extends TermMatch {
  end: number;
}

const none = -1;

/**
 * Collects the occurrences of terms, except those inside one covered part. Overlapping occurrences of a term are merged,
 * because in a long run of `a`, the term `aaaa` occurs at every place.
 */
export class TermMatches {
  readonly list: OpenMatch[] = [];
  readonly #covered: readonly Span[];
  /** For each term, the index of its last match in the list. */
  readonly #lastOf: Int32Array;

  /**
   * @param terms how many there are
   * @param covered in order and without overlaps
   */
  constructor(terms: number, covered: readonly Span[]) {
    this.#covered = covered;
    this.#lastOf = new Int32Array(terms).fill(none);
  }

  /** The occurrences of a term come in text order. */
  add(term: number, start: number, end: number): void {
    if (this.#isCovered(start, end)) return;
    const last = this.#lastOf[term]!;
    if (last !== none && start <= this.list[last]!.end) this.list[last]!.end = end;
    else this.#lastOf[term] = this.list.push({ term, start, end }) - 1;
  }

  #isCovered(start: number, end: number): boolean {
    const covered = this.#covered;
    let low = 0;
    let high = covered.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (covered[middle]!.end < end) low = middle + 1;
      else high = middle;
    }
    return low < covered.length && covered[low]!.start <= start;
  }
}
