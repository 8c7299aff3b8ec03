import type { ScriptDefinition } from "../../script/script.ts";
import { answer, type Field, Refused } from "./fragments/foundation/values.memory.ts";
import { originalOf, readEntries, readList } from "./fragments/mappings/entries.memory.ts";
import { KnownEntries } from "./fragments/mappings/known-entries.memory.ts";
import { takeNumbers } from "./fragments/mappings/new-numbers.memory.ts";
import { readScope } from "./fragments/scope/generations.memory.ts";
import { highestOfAll, saveHighest } from "./fragments/scope/highest.memory.ts";
import { carriesComplete, raiseLacks, readIndexes, writeIndexes } from "./fragments/scope/indexes.memory.ts";
import { lifeOf } from "./fragments/scope/life.memory.ts";
import { openGeneration, remaining, repeatHighest, writeTarget } from "./fragments/scope/open-generation.memory.ts";
import { witnessesOf } from "./fragments/scope/witnesses.memory.ts";

/** Twin of `assign.lua`. */
export const assignInMemory: ScriptDefinition<never, unknown>["memory"] = (
  store,
  keys,
  [ttl = "", joined = "", mode = "", ...args],
) =>
  answer(() => {
    const names = readList(joined);
    const entries = readEntries(args);
    const types = [...new Set(entries.map(({ type }) => type))];
    const fields = entries.flatMap((entry) => [...entry.fields.values()]);
    const scope = readScope(store, keys, Number(ttl), witnessesOf(store, keys[0] ?? "", types), fields);
    const { epoch, born, isLost } = lifeOf(scope);
    const indexes = readIndexes(scope.newest.live ? scope.newest.index : "");
    if (!carriesComplete(indexes, names)) throw new Refused("indexes");
    const first = indexes.size === 0;
    const added = names.filter((name) => !indexes.has(name));
    for (const name of added) indexes.set(name, new Map());

    const writes: Field[] = [];
    const replace = mode.startsWith("replace");
    const known = new KnownEntries(scope, entries, replace, writes);
    const settled = entries.map((entry) => known.settle(entry));
    if (replace && settled.every((number) => number === null)) {
      return ["ok", String(epoch), String(born), "0", entries.map(() => "-0").join(",")];
    }
    const original = entries.map(originalOf);
    const placeOf = new Map<string, number>();
    const fresh = entries.filter((_, place) => {
      const own = original[place] ?? "";
      if (replace || settled[place] !== null || placeOf.has(own)) return false;
      placeOf.set(own, placeOf.size);
      return true;
    });

    const isBehind = born === 0 || scope.target.born !== born;
    const all = scope.opening || isLost || isBehind || (added.length > 0 && !first);
    const taken = fresh.length > 0 ? takeNumbers(scope, fresh, all) : null;
    const highest = taken?.highest ?? (all ? highestOfAll(scope) : new Map<string, number>());

    for (const [name, lacks] of indexes) if (!names.includes(name)) raiseLacks(lacks, taken?.used ?? [], highest);
    if (!first) for (const name of added) raiseLacks(indexes.get(name) ?? new Map(), highest.keys(), highest);
    for (const [place, entry] of fresh.entries()) {
      const number = String(taken?.numbers[place]);
      for (const field of entry.fields.values()) writes.push([field, number]);
      writes.push([`r${entry.type}:${number}`, entry.reverse]);
    }

    const life = { epoch: epoch === 0 ? store.now : epoch, born: born === 0 ? store.now : born };
    if (highest.size > 0) saveHighest(scope, life, taken?.guard ?? null, highest);
    const index = writeIndexes(indexes);
    const target = scope.opening ? openGeneration(scope, life, index, highest, writes) : scope.target;
    if (!scope.opening) repeatHighest(scope, life, highest, writes);
    if (!scope.opening && index !== target.index) writes.push(["!index", index]);
    if (mode.endsWith("!") && writes.length === 0) store.hashSet(scope.counters, "!epoch", String(life.epoch));
    writeTarget(scope, target, writes);

    const answered = new Set<string>();
    const numbers = entries.map((_, place) => {
      const own = original[place] ?? "";
      const known = settled[place] ?? null;
      if (known !== null) return `-${known}`;
      if (replace) return "-0";
      const number = String(taken?.numbers[placeOf.get(own) ?? 0]);
      const repeated = answered.has(own);
      answered.add(own);
      return repeated ? `-${number}` : number;
    });
    return ["ok", String(life.epoch), String(life.born), remaining(scope, target), numbers.join(",")];
  });
