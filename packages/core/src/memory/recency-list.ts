import type { Entry } from "./entry.ts";

/**
 * Entries from the least to the most recently used, linked through the entries themselves.
 *
 * A `Map` in insertion order would take less code, but finding its first key walks over all deleted slots before it: with a
 * million keys, each eviction would take half a millisecond.
 */
export class RecencyList {
  oldest: Entry | null = null;
  newest: Entry | null = null;
  /** Of all entries in the list together. */
  bytes = 0;

  add(entry: Entry): void {
    entry.older = this.newest;
    entry.newer = null;
    if (this.newest) this.newest.newer = entry;
    else this.oldest = entry;
    this.newest = entry;
    this.bytes += entry.bytes;
  }

  remove(entry: Entry): void {
    if (entry.older) entry.older.newer = entry.newer;
    else this.oldest = entry.newer;
    if (entry.newer) entry.newer.older = entry.older;
    else this.newest = entry.older;
    entry.older = null;
    entry.newer = null;
    this.bytes -= entry.bytes;
  }

  touch(entry: Entry): void {
    if (this.newest === entry) return;
    this.remove(entry);
    this.add(entry);
  }
}
