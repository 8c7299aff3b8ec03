import type { ScriptStore } from "../../../../script/script-store.ts";
import { Refused, whole } from "../foundation/values.memory.ts";

export interface Generation {
  readonly key: string;
  readonly index: string;
  /** All types whose highest number it repeats, separated by ",". */
  readonly types: string;
  /** The epoch and the birth are 0 in a generation that doesn't repeat the highest number of every type. */
  readonly epoch: number;
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

/** @param witnesses fields that are read in both generations; @param along fields that are read in generation a only */
export function readScope(
  store: ScriptStore,
  keys: readonly string[],
  ttl: number,
  witnesses: readonly string[] = [],
  along: readonly string[] = [],
): Scope {
  const [counters, a, b] = keys as [string, string, string];
  store.hashGet(a, "!gen"); // As in Lua, a key of the wrong type is reported before anything else that is wrong.
  let older = readGeneration(store, b, witnesses);
  let newest = readGeneration(store, a, [...witnesses, ...along]);
  if (older.live && !(newest.live && newest.start > older.start)) [newest, older] = [older, newest];
  const due = newest.live && isDue(newest, store.now, ttl);
  const sources = [newest, ...(due ? [] : [older])].filter((generation) => generation.live);
  const opening = due || !newest.live;
  const target = due ? older : newest.live ? newest : emptyGeneration(a);
  return { store, counters, keys: [a, b], ttl, newest, older, due, opening, sources, target };
}

export function emptyGeneration(key: string): Generation {
  return { key, index: "", types: "", epoch: 0, born: 0, live: false, start: 0, period: 0, deadline: 0 };
}

function readGeneration(store: ScriptStore, key: string, besides: readonly string[]): Generation {
  const [stored, life, index, types, ...others] = ["!gen", "!life", "!index", "!types", ...besides].map((field) =>
    store.hashGet(key, field),
  );
  if (typeof stored !== "string") {
    if ([life, index, types, ...others].some((value) => value !== null)) throw new Refused("corrupt", "!gen");
    return emptyGeneration(key);
  }
  const parts = /^(\d+):(\d+):(\d+)$/.exec(stored);
  if (!parts) throw new Refused("corrupt", "!gen");
  const [start, period, deadline] = parts.slice(1).map((part) => whole(part, "!gen")) as [number, number, number];
  const lived = /^(\d+):(\d+)$/.exec(life ?? "0:0");
  if (!lived) throw new Refused("corrupt", "!life");
  const [epoch, born] = lived.slice(1).map((part) => whole(part, "!life")) as [number, number];
  const live = deadline === 0 || store.now < deadline;
  return { key, index: index ?? "", types: types ?? "", epoch, born, live, start, period, deadline };
}

function isDue(generation: Generation, now: number, ttl: number): boolean {
  const period = ttl > 0 && (generation.period === 0 || ttl < generation.period) ? ttl : generation.period;
  return period > 0 && now - generation.start >= period;
}

export interface Found {
  readonly value: string | null;
  /** Whether the target doesn't have it itself. */
  readonly elsewhere: boolean;
}

export function lookUp(scope: Scope, field: string): Found {
  for (const [age, generation] of scope.sources.entries()) {
    const value = scope.store.hashGet(generation.key, field);
    if (value !== null) return { value, elsewhere: scope.opening || age > 0 };
  }
  return { value: null, elsewhere: false };
}
