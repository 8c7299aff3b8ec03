import type { TokenReference } from "../tokens/unmask-stream.ts";
import type { Original } from "./cipher.ts";
import { RecentTable } from "./recent-table.ts";

interface Entry {
  readonly value: string;
  readonly number: number;
  /** On this process's monotonic clock, in milliseconds. */
  readonly servedUntil: number;
}

/** The longest that another instance may go on after an erasure without having heard of it. */
const LONGEST_MS = 30_000;

/**
 * The mappings of one scope that this process used lately, in both directions.
 *
 * An entry is served for 30 s, or for half of what was left of its life if that is less, from the moment the request
 * that brought it was sent: so never after the store has dropped it. A raised epoch (an erasure anywhere) empties it.
 */
export class LocalCache {
  readonly #byValue: RecentTable<string, Entry>;
  readonly #byToken: RecentTable<number, Entry>;
  #epoch = 0;

  constructor(capacity: number) {
    this.#byValue = new RecentTable(capacity);
    this.#byToken = new RecentTable(capacity);
  }

  get size(): number {
    return this.#byValue.size;
  }

  /** @param now on the monotonic clock, in milliseconds */
  numberOf({ type, value }: Original, now: number): number | undefined {
    const entry = this.#byValue.get(type, value);
    return entry !== undefined && now < entry.servedUntil ? entry.number : undefined;
  }

  /** @param now on the monotonic clock, in milliseconds */
  valueOf({ type, number }: TokenReference, now: number): string | undefined {
    const entry = this.#byToken.get(type, number);
    return entry !== undefined && now < entry.servedUntil ? entry.value : undefined;
  }

  /**
   * @param sentAt when the request left
   * @param remainingMs how long the mapping surely lives on; null for ever
   * @param epoch of the reply: an older one than was heard of since brings nothing in
   */
  add(original: Original, number: number, sentAt: number, remainingMs: number | null, epoch: number): void {
    if (epoch < this.#epoch) return;
    const servedUntil = sentAt + Math.min(LONGEST_MS, remainingMs === null ? LONGEST_MS : remainingMs / 2);
    const entry = { value: detach(original.value), number, servedUntil };
    this.#byValue.set(original.type, entry.value, entry);
    this.#byToken.set(original.type, number, entry);
  }

  /** Takes note of the scope's epoch: a higher one than known means that something was erased. */
  noteEpoch(epoch: number): void {
    if (!Number.isSafeInteger(epoch) || epoch <= this.#epoch) return;
    this.#epoch = epoch;
    this.clear();
  }

  clear(): void {
    this.#byValue.clear();
    this.#byToken.clear();
  }
}

/** A copy of its own: a slice would keep the whole document that it was cut from in memory. */
function detach(value: string): string {
  return JSON.parse(JSON.stringify(value)) as string;
}
