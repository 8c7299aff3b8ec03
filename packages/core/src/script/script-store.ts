/**
 * What a script's memory twin sees of its store: Redis's own value types and rules, synchronous.
 *
 * Reading a key as the wrong type throws `WRONGTYPE` as Redis does. A hash that lost its last field is gone, and its
 * TTL with it. All writes of a twin that throws are undone (Redis keeps them: a script validates before it writes).
 */
export interface ScriptStore {
  /** Store time in whole milliseconds since the epoch, the same during the whole step. */
  readonly now: number;
  /** Changes when the store may have lost its latest writes; Redis's `master_replid`. `""` where it can't be known. */
  readonly serverId: string;

  get(key: string): string | null;
  /** Replaces whatever the key held, of any type. Without `ttlMs` the key lives on without a deadline, as with SET. */
  set(key: string, value: string, ttlMs?: number): void;
  /** Whether there was something to delete (also UNLINK). */
  delete(key: string): boolean;
  exists(key: string): boolean;

  hashGet(key: string, field: string): string | null;
  hashSet(key: string, field: string, value: string): void;
  hashDelete(key: string, field: string): boolean;
  /** Field and value pairs in insertion order; Redis promises no order, so no reply may depend on it. */
  hashEntries(key: string): readonly (readonly [field: string, value: string])[];

  /** Sets the time the key has left; 0 or less deletes it. False when there is no such key. */
  expire(key: string, ttlMs: number): boolean;
  /** Milliseconds left, or null without a deadline or without the key. */
  ttl(key: string): number | null;
}
