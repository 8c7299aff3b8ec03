const columnCount = 5;

/**
 * The places of strings and numbers, in the view and in the text that they were read from. They are kept as columns of
 * integers, because a long document has millions.
 */
export class Slots {
  #columns = new Int32Array(64 * columnCount);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /**
   * Adds a slot. Slots come in the order of the view.
   *
   * @param start,end in the view
   * @param from,until in the text with this index, without the quotes
   */
  add(start: number, end: number, textIndex: number, from: number, until: number): void {
    const at = this.#count++ * columnCount;
    if (at === this.#columns.length) {
      const grown = new Int32Array(2 * at);
      grown.set(this.#columns);
      this.#columns = grown;
    }
    this.#columns[at] = start;
    this.#columns[at + 1] = end;
    this.#columns[at + 2] = textIndex;
    this.#columns[at + 3] = from;
    this.#columns[at + 4] = until;
  }

  startOf(slot: number): number {
    return this.#columns[slot * columnCount]!;
  }

  endOf(slot: number): number {
    return this.#columns[slot * columnCount + 1]!;
  }

  textOf(slot: number): number {
    return this.#columns[slot * columnCount + 2]!;
  }

  fromOf(slot: number): number {
    return this.#columns[slot * columnCount + 3]!;
  }

  untilOf(slot: number): number {
    return this.#columns[slot * columnCount + 4]!;
  }

  /** The first slot that ends after `offset`; {@link count} if there is none. */
  firstBehind(offset: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.endOf(middle) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
