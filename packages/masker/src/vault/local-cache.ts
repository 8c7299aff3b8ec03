import type { Original } from "../encryption/original.ts";
import type { NumberedToken } from "../tokens/token-reference.ts";
import { RecentTable } from "./recent-table.ts";

interface Entry {
  readonly value: string;
  readonly number: number;
  /** On this process's monotonic clock, in milliseconds. */
  readonly servedUntil: number;
}

/** What a reply of the store says about all mappings in it. */
export interface ReplyFacts {
  /** When the request was sent, on this process's monotonic clock, in milliseconds. */
  readonly sentAt: number;
  /** How long the mappings are certain to live; null if they never expire. */
  readonly remainingMs: number | null;
  readonly epoch: number;
  /** The life of the scope that they belong to; 0 for none, or for more than one. */
  readonly born: number;
}

type NotedFacts = Pick<ReplyFacts, "epoch" | "sentAt"> & { readonly born?: number };

/** How long an instance may go on serving a value after it was erased elsewhere. */
const longestMs = 30_000;

/** A value counts once more for every 128 code units, so that long values are limited too. */
const unitsPerValue = 128;

/**
 * The mappings of one scope that this process used recently, in both directions.
 *
 * An entry is served for 30 s, or for half of its remaining life if that is shorter, counted from when the request for it
 * was sent. So it is never served after the store has dropped it. The cache is emptied when the scope's epoch changes (an
 * erasure on any instance, a failover) or its birth does (the store lost the scope).
 */
export class LocalCache {
  readonly #byValue: RecentTable<string, Entry>;
  readonly #byToken: RecentTable<number, Entry>;
  #epoch: number | undefined;
  #born = 0;
  /** Replies to requests sent before this may describe the time before an erasure. */
  #trustedFrom = Number.NEGATIVE_INFINITY;

  /** @param capacity how many values fit; one of 128 code units or more counts as several */
  constructor(capacity: number) {
    const weightOf = ({ value }: Entry): number => 1 + Math.floor(value.length / unitsPerValue);
    this.#byValue = new RecentTable({ capacity, weightOf, keyOf: ({ value }) => value });
    this.#byToken = new RecentTable({ capacity, weightOf, keyOf: ({ number }) => number });
  }

  /** The life of the scope that all entries belong to; 0 while it isn't known. */
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
    // Engines store a whole number inside the entry, and any other number in an object of its own.
    const servedUntil = Math.floor(sentAt + servedMs);
    const entry = { value: detach(original.value), number, servedUntil };
    this.#byValue.set(original.type, entry);
    this.#byToken.set(original.type, entry);
  }

  /**
   * Takes note of a reply's epoch and birth, and empties the cache if either has changed. A lower epoch counts as a change
   * (a replica that had missed an erasure was promoted), unless the reply is older than what is known. The reply to an
   * erasure has no birth.
   *
   * @returns whether values served from here before may be out of date
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

  /** Forgets everything. From now on, replies to requests that were sent before `trustedFrom` aren't added. */
  clear(trustedFrom: number): void {
    this.#trustedFrom = trustedFrom;
    this.#byValue.clear();
    this.#byToken.clear();
  }
}

/**
 * Copies a value, because a slice keeps the whole document that it was cut from in memory. `join` writes a new string,
 * whereas `+` and `slice` only refer to their parts.
 */
function detach(value: string): string {
  return [value.slice(0, 1), value.slice(1)].join("");
}
