/** What one key holds, and its deadline in virtual time. */
export type KeyState = {
  readonly type: "string" | "hash";
  /** Fields of a hash, sorted; a string is its one value under the empty field. */
  readonly content: ReadonlyMap<string, string>;
  /** Milliseconds left, or null without a deadline. */
  readonly ttlMs: number | null;
};

export function stringState(value: string, ttlMs: number | null): KeyState {
  return { type: "string", content: new Map([["", value]]), ttlMs };
}

/** Neither store promises an order of fields, so they are sorted before anything is compared. */
export function hashState(fields: Iterable<readonly [string, string]>, ttlMs: number | null): KeyState {
  return { type: "hash", content: new Map([...fields].sort(([a], [b]) => (a < b ? -1 : 1))), ttlMs };
}
