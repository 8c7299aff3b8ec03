import type { Original } from "../encryption/cipher.ts";
import type { NumberedToken } from "../tokens/token-reference.ts";
import { RecentTable } from "./recent-table.ts";

interface Entry {
  readonly value: string;
  readonly number: number;
  /** On this process's monotonic clock, in milliseconds. */
  readonly servedUntil: number;
}

/** What a reply of the store says of all mappings in it. */
export interface ReplyFacts {
  /** When the request left, on this process's monotonic clock, in milliseconds. */
  readonly sentAt: number;
  /** How long the mappings surely live on; null for ever. */
  readonly remainingMs: number | null;
  readonly epoch: number;
  /** Which life of the scope they belong to; 0 for none, or for more than one. */
  readonly born: number;
}

type NotedFacts = Pick<ReplyFacts, "epoch" | "sentAt"> & { readonly born?: number };

/** The longest that another instance may go on after an erasure without having heard of it. */
const longestMs = 30_000;

/** A value counts as one more for each of these code units, so that long ones are bounded too. */
const unitsPerValue = 128;

/**
 * The mappings of one scope that this process used lately, in both directions.
 *
 * An entry is served for 30 s, or for half of what was left of its life if that is less, from the moment the request
 * that brought it was sent: so never after the store has dropped it. Another epoch than the known one (an erasure
 * anywhere, a failover) empties it, and so does another birth (the store has lost the scope).
 */
export class LocalCache {
  readonly #byValue: RecentTable<string, Entry>;
  readonly #byToken: RecentTable<number, Entry>;
  #epoch: number | undefined;
  #born = 0;
  /** Replies to what was sent before may tell of a time before the erasure. */
  #trustedFrom = Number.NEGATIVE_INFINITY;

  /** @param capacity how many values of up to 128 code units; longer ones count as several */
  constructor(capacity: number) {
    const weightOf = ({ value }: Entry): number => 1 + Math.floor(value.length / unitsPerValue);
    this.#byValue = new RecentTable({ capacity, weightOf, keyOf: ({ value }) => value });
    this.#byToken = new RecentTable({ capacity, weightOf, keyOf: ({ number }) => number });
  }

  /** The birth of the scope that all entries belong to; 0 while it isn't known. */
  get born(): number {
    return this.#born;
  }

  get weight(): number {
    return this.#byValue.weight;
  }

  /** @param now on the monotonic clock, in milliseconds */
  numberOf({ type, value }: Original, now: number): number | undefined {
    const entry = this.#byValue.get(type, value);
    return entry !== undefined && now < entry.servedUntil ? entry.number : undefined;
  }

  /** @param now on the monotonic clock, in milliseconds */
  valueOf({ type, number }: NumberedToken, now: number): string | undefined {
    const entry = this.#byToken.get(type, number);
    return entry !== undefined && now < entry.servedUntil ? entry.value : undefined;
  }

  add(original: Original, number: number, { sentAt, remainingMs, epoch, born }: ReplyFacts): void {
    if (born === 0 || born !== this.#born || epoch !== this.#epoch || sentAt < this.#trustedFrom) return;
    const servedMs = Math.min(longestMs, remainingMs === null ? longestMs : remainingMs / 2);
    // A whole number lies in the entry itself, any other in an object of its own.
    const servedUntil = Math.floor(sentAt + servedMs);
    const entry = { value: detach(original.value), number, servedUntil };
    this.#byValue.set(original.type, entry);
    this.#byToken.set(original.type, entry);
  }

  /**
   * Takes note of a reply's epoch and birth. Other ones than the known empty the cache, a lower epoch too (a replica that
   * lost an erasure was promoted), unless the reply is older than what is known. That of an erasure tells no birth.
   *
   * @returns whether what was served from here before may be out of date
   */
  noteReply({ epoch, sentAt, born = this.#born }: NotedFacts): boolean {
    if (epoch === this.#epoch && born === this.#born) return false;
    if (this.#epoch !== undefined && epoch <= this.#epoch && sentAt < this.#trustedFrom) return false;
    const isFirst = this.#epoch === undefined;
    this.#epoch = epoch;
    this.#born = born;
    if (isFirst) return false;
    this.clear(sentAt);
    return true;
  }

  /** Forgets everything, and what replies to requests that left before `trustedFrom` will tell. */
  clear(trustedFrom: number): void {
    this.#trustedFrom = trustedFrom;
    this.#byValue.clear();
    this.#byToken.clear();
  }
}

/**
 * A copy of its own: a slice would keep the whole document that it was cut from in memory. What is joined is written out
 * in one piece, where `+` and `slice` only refer to their parts.
 */
function detach(value: string): string {
  return [value.slice(0, 1), value.slice(1)].join("");
}
