import type { Span } from "./span.ts";

/** A place where a term's text stands, or several that overlap: `term` is its index in the list that was looked for. */
export interface TermMatch extends Span {
  readonly term: number;
}

interface OpenMatch extends TermMatch {
  end: number;
}

const NONE = -1;

/**
 * Collects where terms stand, but for what lies inside one covered part. Overlapping places of one term become one: in a
 * long run of `a`, `aaaa` stands at every place.
 *
 * Each term's last two are kept open, because a text is read in two halves by turns; a half's places come in order.
 */
export class TermMatches {
  readonly list: OpenMatch[] = [];
  readonly #covered: readonly Span[];
  readonly #newest: Int32Array;
  readonly #older: Int32Array;

  /**
   * @param terms how many there are
   * @param covered in order, none overlapping another
   */
  constructor(terms: number, covered: readonly Span[]) {
    this.#covered = covered;
    this.#newest = new Int32Array(terms).fill(NONE);
    this.#older = new Int32Array(terms).fill(NONE);
  }

  add(term: number, start: number, end: number): void {
    if (this.#isCovered(start, end)) return;
    const newest = this.#newest[term]!;
    if (this.#extend(newest, start, end) || this.#extend(this.#older[term]!, start, end)) return;
    this.#older[term] = newest;
    this.#newest[term] = this.list.push({ term, start, end }) - 1;
  }

  #extend(place: number, start: number, end: number): boolean {
    if (place === NONE) return false;
    const match = this.list[place]!;
    if (start < match.start || start > match.end) return false;
    if (end > match.end) match.end = end;
    return true;
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
