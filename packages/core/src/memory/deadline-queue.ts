import type { Entry } from "./entry.ts";

/**
 * Entries with a deadline, earliest first, in a binary heap.
 *
 * An entry whose deadline moves later stays where it is until it comes to the front, so refreshing a TTL on every use costs
 * nothing here. {@link settle} then puts it where it belongs.
 */
export class DeadlineQueue {
  /** Null from `#size` on. The array never shrinks, because one that pops and pushes in turn is copied each time. */
  readonly #heap: (Entry | null)[] = [];
  #size = 0;

  get first(): Entry | null {
    return this.#heap[0] ?? null;
  }

  /** Takes over the entry's present `expiresAt`, whatever it was before. */
  update(entry: Entry): void {
    if (entry.expiresAt === null) {
      this.remove(entry);
    } else if (entry.queueIndex < 0) {
      entry.queuedFor = entry.expiresAt;
      this.#rise(entry, this.#size);
      this.#size += 1;
    } else if (entry.expiresAt < entry.queuedFor) {
      entry.queuedFor = entry.expiresAt;
      this.#rise(entry, entry.queueIndex);
    }
  }

  /** Moves an entry that is queued too early to where its deadline belongs. */
  settle(entry: Entry): void {
    entry.queuedFor = entry.expiresAt ?? entry.queuedFor;
    this.#sink(entry, entry.queueIndex);
  }

  remove(entry: Entry): void {
    const hole = entry.queueIndex;
    if (hole < 0) return;
    entry.queueIndex = -1;
    const last = this.#takeLast();
    if (!last || last === entry) return;
    const parent = this.#heap[(hole - 1) >> 1];
    if (hole > 0 && parent && last.queuedFor < parent.queuedFor) this.#rise(last, hole);
    else this.#sink(last, hole);
  }

  clear(): void {
    this.#heap.length = 0;
    this.#size = 0;
  }

  #takeLast(): Entry | null {
    this.#size -= 1;
    const last = this.#heap[this.#size] ?? null;
    this.#heap[this.#size] = null;
    if (this.#size < this.#heap.length / 4) this.#heap.length = this.#size * 2;
    return last;
  }

  #rise(entry: Entry, from: number): void {
    const heap = this.#heap;
    let index = from;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex];
      if (!parent || parent.queuedFor <= entry.queuedFor) break;
      heap[index] = parent;
      parent.queueIndex = index;
      index = parentIndex;
    }
    heap[index] = entry;
    entry.queueIndex = index;
  }

  #sink(entry: Entry, from: number): void {
    const heap = this.#heap;
    let index = from;
    for (;;) {
      const left = heap[2 * index + 1];
      const right = heap[2 * index + 2];
      const child = left && right && right.queuedFor < left.queuedFor ? right : left;
      if (!child || child.queuedFor >= entry.queuedFor) break;
      const childIndex = child.queueIndex;
      heap[index] = child;
      child.queueIndex = index;
      index = childIndex;
    }
    heap[index] = entry;
    entry.queueIndex = index;
  }
}
