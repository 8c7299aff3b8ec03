export interface RecentTableOptions<Key, Value> {
  /** The most that the values may weigh together. */
  readonly capacity: number;
  /** The key that a value is kept under: its own, so that no slice of a text is kept, and the text with it. */
  readonly keyOf: (value: Value) => Key;
  readonly weightOf: (value: Value) => number;
}

/**
 * Values by group and key; it keeps what was used lately, up to its capacity, in two halves. When the young half is full
 * it becomes the old one and the former old one is dropped; a hit in the old half moves to the young one. So each step
 * takes constant time, and what was used last, up to half the capacity, is always there.
 *
 * A map in a map rather than one with joined keys: a key that is a slice of a text is looked up without making a string.
 */
export class RecentTable<Key, Value> {
  readonly #options: RecentTableOptions<Key, Value>;
  #young = new Map<string, Map<Key, Value>>();
  #old = new Map<string, Map<Key, Value>>();
  #youngWeight = 0;
  #oldWeight = 0;

  constructor(options: RecentTableOptions<Key, Value>) {
    this.#options = options;
  }

  /** What both halves weigh; a value that has just moved counts twice. */
  get weight(): number {
    return this.#youngWeight + this.#oldWeight;
  }

  get(group: string, key: Key): Value | undefined {
    const value = this.#young.get(group)?.get(key);
    if (value !== undefined) return value;
    const older = this.#old.get(group)?.get(key);
    if (older !== undefined) this.set(group, older);
    return older;
  }

  set(group: string, value: Value): void {
    const { capacity, keyOf, weightOf } = this.#options;
    let entries = this.#young.get(group);
    if (entries === undefined) {
      entries = new Map();
      this.#young.set(group, entries);
    }
    const { size } = entries;
    entries.set(keyOf(value), value);
    if (entries.size > size) this.#youngWeight += weightOf(value);
    if (this.#youngWeight <= capacity / 2) return;
    this.#old = this.#young;
    this.#oldWeight = this.#youngWeight;
    this.#young = new Map();
    this.#youngWeight = 0;
  }

  clear(): void {
    this.#young = new Map();
    this.#old = new Map();
    this.#youngWeight = 0;
    this.#oldWeight = 0;
  }
}
