/** The places where needles end, in text order: pairs of the end (exclusive) and the set of needles. */
export class Hits {
  #pairs = new Int32Array(256);
  #length = 0;

  add(end: number, set: number): void {
    if (this.#length === this.#pairs.length) {
      const larger = new Int32Array(this.#pairs.length * 2);
      larger.set(this.#pairs);
      this.#pairs = larger;
    }
    this.#pairs[this.#length++] = end;
    this.#pairs[this.#length++] = set;
  }

  get count(): number {
    return this.#length / 2;
  }

  endAt(index: number): number {
    return this.#pairs[index * 2] ?? 0;
  }

  setAt(index: number): number {
    return this.#pairs[index * 2 + 1] ?? 0;
  }
}
