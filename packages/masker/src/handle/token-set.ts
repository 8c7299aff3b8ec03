/** Numbers `first` to `last`, both included. */
export interface NumberRange {
  readonly first: number;
  readonly last: number;
}

/**
 * A set of tokens, kept as ranges of numbers per type: its size follows the gaps, not the numbers.
 *
 * Immutable.
 */
export class TokenSet {
  /** Sorted, apart from one another. */
  readonly #ranges: ReadonlyMap<string, readonly NumberRange[]>;

  private constructor(ranges: ReadonlyMap<string, readonly NumberRange[]>) {
    this.#ranges = ranges;
  }

  static of(tokens: Iterable<{ readonly type: string; readonly number: number }>): TokenSet {
    const ranges = new Map<string, { first: number; last: number }[]>();
    for (const { type, number } of tokens) {
      const list = ranges.get(type);
      const previous = list?.at(-1);
      // A document's numbers mostly follow one another: a range for each would be made only to be joined again.
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

  /** What is in any of the sets: joined once, so that a long conversation's many sets take no time of their own. */
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

  /** In the order of their names. */
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

  /** Every token; look at `size` first, a range may be long. */
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
