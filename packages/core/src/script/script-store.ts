/**
 * The store as a script's memory twin sees it: synchronous, with the value types and rules of Redis.
 *
 * Reading a key as the wrong type throws `WRONGTYPE`, as on Redis. A hash that loses its last field is gone, and so is its TTL.
 * If a twin throws, all its writes are undone. Redis would keep them, so a script validates before it writes.
 */
export interface ScriptStore {
  /** The store's time in whole milliseconds since the epoch. It doesn't change during a step. */
  readonly now: number;
  /** Changes when the store may have lost its latest writes: the `master_replid` of Redis. `""` if it can't be known. */
  readonly serverId: string;

  get(key: string): string | null;
  /** Replaces whatever the key held, of any type. Without `ttlMs` the key has no deadline from then on, as with SET. */
  set(key: string, value: string, ttlMs?: number): void;
  /** DEL and UNLINK. Returns whether the key existed. */
  delete(key: string): boolean;
  exists(key: string): boolean;

  hashGet(key: string, field: string): string | null;
  hashSet(key: string, field: string, value: string): void;
  hashDelete(key: string, field: string): boolean;
  /** Pairs of field and value, in insertion order. Redis promises no order, so no reply may depend on it. */
  hashEntries(key: string): readonly (readonly [field: string, value: string])[];

  /** Sets how long the key lives from now on; 0 or less deletes it. Returns false if there is no such key. */
  expire(key: string, ttlMs: number): boolean;
  /** How many milliseconds the key has left; null if it has no deadline, or doesn't exist. */
  ttl(key: string): number | null;
}
