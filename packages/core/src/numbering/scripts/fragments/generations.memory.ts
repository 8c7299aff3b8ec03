import type { ScriptStore } from "../../../script/script-store.ts";
import { Refused, whole } from "./values.memory.ts";

export interface Generation {
  readonly key: string;
  readonly index: string;
  /** 0 in one that doesn't repeat the highest number of every type. */
  readonly born: number;
  readonly live: boolean;
  readonly start: number;
  readonly period: number;
  readonly deadline: number;
}

/** Twin of `generations.lua`. */
export interface Scope {
  readonly store: ScriptStore;
  readonly counters: string;
  /** The keys of generation a and b. */
  readonly keys: readonly [string, string];
  readonly ttl: number;
  readonly newest: Generation;
  readonly older: Generation;
  readonly due: boolean;
  readonly opening: boolean;
  readonly sources: readonly Generation[];
  readonly target: Generation;
}

export function readScope(store: ScriptStore, keys: readonly string[], ttl: number): Scope {
  const [counters, a, b] = keys as [string, string, string];
  store.hashGet(b, "!gen"); // A key of the wrong type comes before anything else that is wrong, as in Lua.
  let newest = readGeneration(store, a);
  let older = readGeneration(store, b);
  if (older.live && !(newest.live && newest.start > older.start)) [newest, older] = [older, newest];
  const due = newest.live && isDue(newest, store.now, ttl);
  const sources = [newest, ...(due ? [] : [older])].filter((generation) => generation.live);
  const opening = due || !newest.live;
  const target = due ? older : newest.live ? newest : emptyGeneration(a);
  return { store, counters, keys: [a, b], ttl, newest, older, due, opening, sources, target };
}

export function emptyGeneration(key: string): Generation {
  return { key, index: "", born: 0, live: false, start: 0, period: 0, deadline: 0 };
}

function readGeneration(store: ScriptStore, key: string): Generation {
  const stored = store.hashGet(key, "!gen");
  const index = store.hashGet(key, "!index") ?? "";
  const born = whole(store.hashGet(key, "!born"), "!born");
  if (stored === null) {
    if (store.exists(key)) throw new Refused("corrupt", "!gen");
    return emptyGeneration(key);
  }
  const parts = /^(\d+):(\d+):(\d+)$/.exec(stored);
  if (!parts) throw new Refused("corrupt", "!gen");
  const [start, period, deadline] = parts.slice(1).map((part) => whole(part, "!gen")) as [number, number, number];
  return { key, index, born, live: deadline === 0 || store.now < deadline, start, period, deadline };
}

export interface Life {
  readonly epoch: number;
  readonly born: number;
}

/** Twin of `readLife`. */
export function readLife({ store, counters, newest }: Scope): Life {
  const epoch = whole(store.hashGet(counters, "!epoch"), "!epoch");
  const born = whole(store.hashGet(counters, "!born"), "!born");
  return { epoch, born: born === 0 && newest.live ? newest.born : born };
}

function isDue(generation: Generation, now: number, ttl: number): boolean {
  const period = ttl > 0 && (generation.period === 0 || ttl < generation.period) ? ttl : generation.period;
  return period > 0 && now - generation.start >= period;
}

export interface Found {
  readonly value: string | null;
  /** The target doesn't have it itself. */
  readonly elsewhere: boolean;
}

export function lookUp(scope: Scope, field: string): Found {
  for (const [age, generation] of scope.sources.entries()) {
    const value = scope.store.hashGet(generation.key, field);
    if (value !== null) return { value, elsewhere: scope.opening || age > 0 };
  }
  return { value: null, elsewhere: false };
}
