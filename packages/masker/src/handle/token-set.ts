/** The numbers from `first` to `last`, both included. */
export interface NumberRange {
  readonly first: number;
  readonly last: number;
}

/**
 * An immutable set of tokens, kept as ranges of numbers for each type. Its size depends on the gaps, not on how many
 * numbers it holds.
 */
export class TokenSet {
  /** Sorted, with a gap between any two. */
  readonly #ranges: ReadonlyMap<string, readonly NumberRange[]>;

  private constructor(ranges: ReadonlyMap<string, readonly NumberRange[]>) {
    this.#ranges = ranges;
  }

  static of(tokens: Iterable<{ readonly type: string; readonly number: number }>): TokenSet {
    const ranges = new Map<string, { first: number; last: number }[]>();
    for (const { type, number } of tokens) {
      const list = ranges.get(type);
      const previous = list?.at(-1);
      // A document's numbers are mostly consecutive. Extending the last range avoids a range for each of them.
      if (previous !== undefined && previous.last + 1 === number) previous.last = number;
      else if (list === undefined) ranges.set(type, [{ first: number, last: number }]);
      else list.push({ first: number, last: number });
    }
    return TokenSet.ofRanges(ranges);
  }

  /** The ranges may come in any order and overlap. */
  static ofRanges(ranges: ReadonlyMap<string, readonly NumberRange[]>): TokenSet {
    return new TokenSet(new Map([...ranges].map(([type, list]) => [type, join(list)])));
  }

  /** Everything that is in any of the sets. Ranges are joined once, however many sets a long conversation has. */
  static union(sets: Iterable<TokenSet>): TokenSet {
    const ranges = new Map<string, NumberRange[]>();
    for (const set of sets) {
      for (const [type, list] of set.#ranges) {
        const all = ranges.get(type);
        if (all === undefined) ranges.set(type, [...list]);
        else for (const range of list) all.push(range);
      }
    }
    return TokenSet.ofRanges(ranges);
  }

  /** In alphabetical order. */
  get types(): readonly string[] {
    return [...this.#ranges.keys()].sort();
  }

  rangesOf(type: string): readonly NumberRange[] {
    return this.#ranges.get(type) ?? [];
  }

  has(type: string, number: number): boolean {
    const ranges = this.rangesOf(type);
    let low = 0;
    let high = ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ranges[middle]!.last < number) low = middle + 1;
      else high = middle;
    }
    const range = ranges[low];
    return range !== undefined && range.first <= number;
  }

  /** How many tokens there are. */
  get size(): number {
    let size = 0;
    for (const ranges of this.#ranges.values()) for (const { first, last } of ranges) size += last - first + 1;
    return size;
  }

  /** Every token. Check `size` first, because a range may be very long. */
  *[Symbol.iterator](): Generator<{ readonly type: string; readonly number: number }> {
    for (const [type, ranges] of this.#ranges) {
      for (const { first, last } of ranges) for (let number = first; number <= last; number++) yield { type, number };
    }
  }
}

function join(ranges: readonly NumberRange[]): readonly NumberRange[] {
  const joined: NumberRange[] = [];
  for (const range of [...ranges].sort((one, other) => one.first - other.first)) {
    const previous = joined.at(-1);
    if (previous === undefined || range.first > previous.last + 1) joined.push(range);
    else if (range.last > previous.last) joined[joined.length - 1] = { first: previous.first, last: range.last };
  }
  return joined;
}
