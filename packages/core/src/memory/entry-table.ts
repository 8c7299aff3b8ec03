import type { Retention } from "../script/script.ts";
import { DeadlineQueue } from "./deadline-queue.ts";
import type { Entry } from "./entry.ts";
import { RecencyList } from "./recency-list.ts";

/** All entries, with the two orders in which they leave: by deadline, and by last use if there is no room. */
export class EntryTable {
  readonly #entries = new Map<string, Entry>();
  readonly #deadlines = new DeadlineQueue();
  readonly #evictable = new RecencyList();
  bytes = 0;

  /** The entry as of `now`, marked as used by `step`. If its deadline has passed, it is dropped. */
  use(key: string, now: number, step: number): Entry | undefined {
    const entry = this.peek(key, now);
    if (!entry) {
      const expired = this.#entries.get(key);
      if (expired) this.remove(expired);
      return undefined;
    }
    entry.usedBy = step;
    if (entry.retention === "while-room") this.#evictable.touch(entry);
    return entry;
  }

  peek(key: string, now: number): Entry | undefined {
    const entry = this.#entries.get(key);
    return entry && isAlive(entry, now) ? entry : undefined;
  }

  *keys(now: number): Generator<string> {
    for (const entry of this.#entries.values()) if (isAlive(entry, now)) yield entry.key;
  }

  /** The key must be absent. */
  insert(entry: Entry): void {
    this.#entries.set(entry.key, entry);
    this.bytes += entry.bytes;
    if (entry.retention === "while-room") this.#evictable.add(entry);
    this.#deadlines.update(entry);
  }

  remove(entry: Entry): void {
    this.#entries.delete(entry.key);
    this.bytes -= entry.bytes;
    if (entry.retention === "while-room") this.#evictable.remove(entry);
    this.#deadlines.remove(entry);
  }

  grow(entry: Entry, bytes: number): void {
    entry.bytes += bytes;
    this.bytes += bytes;
    if (entry.retention === "while-room") this.#evictable.bytes += bytes;
  }

  setDeadline(entry: Entry, expiresAt: number | null): void {
    entry.expiresAt = expiresAt;
    this.#deadlines.update(entry);
  }

  setRetention(entry: Entry, retention: Retention): void {
    if (entry.retention === retention) return;
    if (entry.retention === "while-room") this.#evictable.remove(entry);
    entry.retention = retention;
    if (entry.retention === "while-room") this.#evictable.add(entry);
  }

  /** Drops expired entries until `enough` bytes are left, looking at `effort` of them at most. */
  reclaim(now: number, effort: number, enough = 0): void {
    for (let left = effort; left > 0 && this.bytes > enough; left--) {
      const first = this.#deadlines.first;
      if (!first || first.queuedFor > now) return;
      if (isAlive(first, now)) this.#deadlines.settle(first);
      else this.remove(first);
    }
  }

  /**
   * Gets down to `maxBytes`: drops expired entries first, then `"while-room"` entries, least recently used first. Entries that
   * `step` uses stay. If that wouldn't be enough, evicts nothing and returns false.
   */
  makeRoom(maxBytes: number, now: number, step: number): boolean {
    if (this.bytes <= maxBytes) return true;
    this.reclaim(now, Number.POSITIVE_INFINITY, maxBytes);
    let inUse = 0;
    for (let entry = this.#evictable.newest; entry?.usedBy === step; entry = entry.older) inUse += entry.bytes;
    if (this.bytes - (this.#evictable.bytes - inUse) > maxBytes) return false;
    while (this.bytes > maxBytes && this.#evictable.oldest) this.remove(this.#evictable.oldest);
    return true;
  }

  clear(): void {
    this.#entries.clear();
    this.#deadlines.clear();
    this.#evictable.oldest = null;
    this.#evictable.newest = null;
    this.#evictable.bytes = 0;
    this.bytes = 0;
  }
}

function isAlive(entry: Entry, now: number): boolean {
  return entry.expiresAt === null || entry.expiresAt > now;
}
