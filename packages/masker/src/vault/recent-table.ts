/**
 * Entries by group and key; it keeps what was used lately, at most `capacity`, in two halves. When the young half is full
 * it becomes the old one and the former old one is dropped; a hit in the old half moves to the young one. So each step
 * takes constant time, and the `capacity / 2` entries used last are always there.
 *
 * A map in a map rather than one with joined keys: a key that is a slice of a text is looked up without making a string.
 */
export class RecentTable<Key, Value> {
  readonly #half: number;
  #young = new Map<string, Map<Key, Value>>();
  #old = new Map<string, Map<Key, Value>>();
  #youngSize = 0;
  #oldSize = 0;

  constructor(capacity: number) {
    this.#half = Math.max(1, Math.floor(capacity / 2));
  }

  /** Entries in both halves; one that has just moved counts twice. */
  get size(): number {
    return this.#youngSize + this.#oldSize;
  }

  get(group: string, key: Key): Value | undefined {
    const value = this.#young.get(group)?.get(key);
    if (value !== undefined) return value;
    const older = this.#old.get(group)?.get(key);
    if (older !== undefined) this.set(group, key, older);
    return older;
  }

  set(group: string, key: Key, value: Value): void {
    let entries = this.#young.get(group);
    if (entries === undefined) {
      entries = new Map();
      this.#young.set(group, entries);
    }
    const before = entries.size;
    entries.set(key, value);
    this.#youngSize += entries.size - before;
    if (this.#youngSize <= this.#half) return;
    this.#old = this.#young;
    this.#oldSize = this.#youngSize;
    this.#young = new Map();
    this.#youngSize = 0;
  }

  clear(): void {
    this.#young = new Map();
    this.#old = new Map();
    this.#youngSize = 0;
    this.#oldSize = 0;
  }
}
