import type { ScriptStore } from "../../../../script/script-store.ts";
import { whole } from "../foundation/values.memory.ts";
import type { Scope } from "./generations.memory.ts";

/** Twin of `witnesses.lua`: the fields that are read in both generations for these types. */
export function witnessesOf(store: ScriptStore, counters: string, types: readonly string[]): string[] {
  const counted = types.map((type) => store.hashGet(counters, type) ?? "");
  const next = counted.map((number) => (/^\d+$/.test(number) ? Number(number) : 0) + 1);
  return [...types.map((type) => `h${type}`), ...types.map((type, place) => `r${type}:${next[place]}`)];
}

export interface WitnessedNumbers {
  readonly highest: Map<string, number>;
  /** Whether the counters and the newest generation agree, and the older one knows no higher number. */
  readonly trusted: boolean;
}

export function highestOf({ store, counters, newest, older }: Scope, types: Iterable<string>): WitnessedNumbers {
  const highest = new Map<string, number>();
  let trusted = true;
  for (const type of types) {
    const counted = whole(store.hashGet(counters, type), type);
    const newer = newest.live ? whole(store.hashGet(newest.key, `h${type}`), type) : counted;
    const elder = older.live ? whole(store.hashGet(older.key, `h${type}`), type) : 0;
    trusted &&= newer === counted && elder <= counted;
    highest.set(type, Math.max(counted, newer, elder));
  }
  return { highest, trusted };
}
