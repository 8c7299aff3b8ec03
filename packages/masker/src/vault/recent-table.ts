export interface RecentTableOptions<Key, Value> {
  /** How much the values may weigh together. */
  readonly capacity: number;
  /** The key of a value, taken from the value itself: a slice of a text as the key would keep the whole text in memory. */
  readonly keyOf: (value: Value) => Key;
  readonly weightOf: (value: Value) => number;
}

/**
 * Values by group and key. It keeps recently used ones, up to its capacity, in two halves. When the young half is full, it
 * becomes the old half, and the previous old half is dropped. A hit in the old half moves the value to the young half. So
 * every step takes constant time, and the latest values, up to half the capacity, are always there.
 *
 * It is a map of maps, because looking up a joined key would make a new string each time.
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

  /** The weight of both halves. A value that moved to the young half counts twice. */
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
