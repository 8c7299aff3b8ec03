import { shortKey } from "./short-key.ts";

/**
 * A map of bounded size that forgets roughly what was used longest ago: the more recent half is certain to be kept. Two plain
 * maps take turns, so that a use costs one look-up and no list has to be kept in order. Long keys are stored as digests.
 */
export class RecentMap<Value> {
  #newer = new Map<string, Value>();
  #older = new Map<string, Value>();
  readonly #half: number;

  /** @param max the most entries; at least 2 */
  constructor(max: number) {
    this.#half = Math.floor(max / 2);
  }

  get(given: string): Value | undefined {
    const key = shortKey(given);
    const value = this.#newer.get(key);
    if (value !== undefined) return value;
    const older = this.#older.get(key);
    if (older === undefined) return undefined;
    this.#put(key, older);
    return older;
  }

  set(key: string, value: Value): void {
    this.#put(shortKey(key), value);
  }

  delete(given: string): void {
    const key = shortKey(given);
    this.#newer.delete(key);
    this.#older.delete(key);
  }

  #put(key: string, value: Value): void {
    // An entry in both maps would count twice, and its older value could come back later.
    if (this.#older.size > 0) this.#older.delete(key);
    this.#newer.set(key, value);
    if (this.#newer.size <= this.#half) return;
    this.#older = this.#newer;
    this.#newer = new Map();
  }
}
