import { whole } from "../foundation/values.memory.ts";
import type { Scope } from "./generations.memory.ts";
import type { Life } from "./life.memory.ts";

/** Highest numbers by type, in the order of `types` in the Lua twin. */
export type Highest = ReadonlyMap<string, number>;

export function highestOfAll({ store, counters, newest, older }: Scope): Map<string, number> {
  const highest = new Map<string, number>();
  const raise = (type: string, stored: string | null) =>
    highest.set(type, Math.max(highest.get(type) ?? 0, whole(stored, type)));
  for (const [field, value] of inOrder(store.hashEntries(counters))) if (!field.startsWith("!")) raise(field, value);
  for (const { live, key, types } of [newest, older]) {
    if (!live) continue;
    for (const type of types.split(",")) if (type !== "") raise(type, store.hashGet(key, `h${type}`));
  }
  return new Map(inOrder([...highest]));
}

function inOrder<Value>(pairs: readonly (readonly [string, Value])[]): (readonly [string, Value])[] {
  return [...pairs].sort(([left], [right]) => (left < right ? -1 : 1));
}

export function saveHighest(
  { store, counters }: Scope,
  { epoch, born }: Life,
  guard: string | null,
  highest: Highest,
): void {
  store.hashSet(counters, "!epoch", String(epoch));
  store.hashSet(counters, "!born", String(born));
  if (guard !== null) store.hashSet(counters, "!guard", guard);
  for (const [type, number] of highest) store.hashSet(counters, type, String(number));
}
