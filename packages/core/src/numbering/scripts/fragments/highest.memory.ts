import type { Life, Scope } from "./generations.memory.ts";
import { whole } from "./values.memory.ts";

/** Highest numbers by type; the order is that of `types` in the Lua twin. */
export type Highest = ReadonlyMap<string, number>;

export function highestOfAll({ store, counters, newest, older }: Scope): Map<string, number> {
  const highest = new Map<string, number>();
  const raise = (type: string, stored: string | null) =>
    highest.set(type, Math.max(highest.get(type) ?? 0, whole(stored, type)));
  for (const [field, value] of inOrder(store.hashEntries(counters))) if (!field.startsWith("!")) raise(field, value);
  for (const { live, key } of [newest, older]) {
    const types = live ? (store.hashGet(key, "!types") ?? "") : "";
    for (const type of types.split(",")) if (type !== "") raise(type, store.hashGet(key, `h${type}`));
  }
  return new Map(inOrder([...highest]));
}

function inOrder<Value>(pairs: readonly (readonly [string, Value])[]): (readonly [string, Value])[] {
  return [...pairs].sort(([left], [right]) => (left < right ? -1 : 1));
}

export interface WitnessedNumbers {
  readonly highest: Map<string, number>;
  /** The counters and the newest generation agree. */
  readonly trusted: boolean;
}

export function highestOf({ store, counters, newest, older }: Scope, types: Iterable<string>): WitnessedNumbers {
  const highest = new Map<string, number>();
  const raise = (type: string, stored: string | null) =>
    highest.set(type, Math.max(highest.get(type) ?? 0, whole(stored, type)));
  const asked = [...types];
  for (const type of asked) raise(type, store.hashGet(counters, type));
  let trusted = true;
  if (newest.live) {
    const counted = new Map(highest);
    for (const type of asked) raise(type, store.hashGet(newest.key, `h${type}`));
    trusted = asked.every((type) => whole(store.hashGet(newest.key, `h${type}`), type) === counted.get(type));
  }
  if (older.live) for (const type of asked) raise(type, store.hashGet(older.key, `h${type}`));
  return { highest, trusted };
}

export function saveHighest(
  { store, counters }: Scope,
  { epoch, born }: Life,
  guard: string | null,
  highest: Highest,
): void {
  if (highest.size === 0) return;
  store.hashSet(counters, "!epoch", String(epoch));
  store.hashSet(counters, "!born", String(born));
  if (guard !== null) store.hashSet(counters, "!guard", guard);
  for (const [type, number] of highest) store.hashSet(counters, type, String(number));
}
