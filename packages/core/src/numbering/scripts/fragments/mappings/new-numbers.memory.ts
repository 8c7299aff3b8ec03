import { Refused } from "../foundation/values.memory.ts";
import type { Scope } from "../scope/generations.memory.ts";
import { floorAfter, nextGuard, readGuard, skipAfter } from "../scope/guard.memory.ts";
import { highestOfAll } from "../scope/highest.memory.ts";
import { highestOf } from "../scope/witnesses.memory.ts";
import type { TwinEntry } from "./entries.memory.ts";

export interface TakenNumbers {
  readonly numbers: readonly number[];
  readonly highest: Map<string, number>;
  readonly used: ReadonlySet<string>;
  readonly guard: string;
}

/** Twin of `takeNumbers`. */
export function takeNumbers(scope: Scope, fresh: readonly TwinEntry[], all: boolean): TakenNumbers {
  const { store } = scope;
  const used = new Set(fresh.map(({ type }) => type));
  const guard = readGuard(store.hashGet(scope.counters, "!guard"));
  const skip = skipAfter(guard, store.serverId);
  const untrusted = all || skip > 0;
  const { highest, trusted: agreed } = untrusted
    ? { highest: highestOfAll(scope), trusted: false }
    : highestOf(scope, used);
  for (const [type, number] of highest) highest.set(type, Math.min(number + skip, Number.MAX_SAFE_INTEGER));
  const floor = floorAfter(guard, store.serverId);
  const trusted = agreed && [...highest.values()].every((number) => number >= floor);
  for (const type of used) highest.set(type, Math.max(highest.get(type) ?? 0, floor));

  for (let jump = 0; ; jump = 2 * jump + 1) {
    const last = new Map<string, number>();
    const numbers = fresh.map(({ type }) => {
      const number = (last.get(type) ?? highest.get(type) ?? 0) + 1;
      if (number > Number.MAX_SAFE_INTEGER) throw new Refused("exhausted", type);
      last.set(type, number);
      return number;
    });
    const looked = new Set<string>();
    const taken = fresh.flatMap(({ type }, place) => {
      const number = numbers[place] ?? 0;
      if (trusted && jump === 0 && looked.has(type)) return [];
      looked.add(type);
      return isTaken(scope, `r${type}:${number}`) ? [[type, number + jump] as const] : [];
    });
    if (taken.length === 0) {
      for (const [type, number] of last) highest.set(type, number);
      return { numbers, highest, used, guard: nextGuard(guard, store, fresh.length) };
    }
    for (const [type, number] of taken) highest.set(type, Math.max(highest.get(type) ?? 0, number));
  }
}

function isTaken({ store, newest, older }: Scope, reverse: string): boolean {
  return [newest, older].some(({ live, key }) => live && store.hashGet(key, reverse) !== null);
}
