/** What one key holds, and its deadline in virtual time. */
export type KeyState = {
  readonly type: "string" | "hash";
  /** The fields of a hash, sorted. A string is a single value under the empty field. */
  readonly content: ReadonlyMap<string, string>;
  /** Milliseconds left, or null without a deadline. */
  readonly ttlMs: number | null;
};

export function stringState(value: string, ttlMs: number | null): KeyState {
  return { type: "string", content: new Map([["", value]]), ttlMs };
}

/** Sorts the fields of a hash, because neither store promises an order. */
export function hashState(fields: Iterable<readonly [string, string]>, ttlMs: number | null): KeyState {
  return { type: "hash", content: new Map([...fields].sort(([a], [b]) => (a < b ? -1 : 1))), ttlMs };
}
