import type { ScriptDefinition } from "../../script/script.ts";
import { isNumber, readEntries, readList, type TwinEntry } from "./fragments/entries.memory.ts";
import { emptyGeneration, readLife, readScope, type Scope } from "./fragments/generations.memory.ts";
import { highestOfAll, saveHighest } from "./fragments/highest.memory.ts";
import { carriesComplete, readIndexes } from "./fragments/indexes.memory.ts";
import { openGeneration } from "./fragments/open-generation.memory.ts";
import { type Mark, removeMarked } from "./fragments/remove-mappings.memory.ts";
import { answer, Refused } from "./fragments/values.memory.ts";

/** Twin of `forget.lua`. */
export const forgetInMemory: ScriptDefinition<never, unknown>["memory"] = (
  store,
  keys,
  [ttl = "", joined = "", how, ...args],
) =>
  answer(() => {
    const names = readList(joined);
    const scope = readScope(store, keys, Number(ttl));
    const { epoch: before, born } = readLife(scope);
    if (before === Number.MAX_SAFE_INTEGER) throw new Refused("corrupt", "!epoch");
    const indexes = readIndexes(scope.newest.live ? scope.newest.index : "");
    if (how === "entries" && !carriesComplete(indexes, names)) throw new Refused("indexes");
    if (before === 0 && !scope.newest.live) return ["ok", "0", how === "all" ? "" : "0"];
    const highest = before === 0 || how === "all" ? highestOfAll(scope) : new Map<string, number>();
    const epoch = Math.max(before + 1, store.now);
    saveHighest(scope, { epoch, born }, null, highest);
    store.hashSet(scope.counters, "!epoch", String(epoch));

    if (how === "all") {
      const [a, b] = scope.keys;
      const emptied: Scope = { ...scope, newest: emptyGeneration(b), due: false, target: emptyGeneration(a) };
      openGeneration(emptied, born, "", highest);
      return ["ok", String(epoch), ""];
    }
    const entries = how === "entries" ? readEntries(args) : [];
    const leads = entries.flatMap(({ fields }) => [...fields.values()]);
    const marks = how === "entries" ? markEntries(scope, entries) : markReferences(readList(args[0]));
    return ["ok", String(epoch), String(removeMarked(scope, leads, marks))];
  });

function markEntries({ store, newest, older }: Scope, entries: readonly TwinEntry[]): Mark[] {
  const marks = new Map<string, Mark>();
  for (const { live, key } of [newest, older]) {
    if (!live) continue;
    for (const entry of entries) {
      for (const lead of entry.fields.values()) {
        const number = store.hashGet(key, lead);
        const field = `r${entry.type}:${number}`;
        if (number !== null && isNumber(number) && !marks.has(field)) {
          marks.set(field, { type: entry.type, number, entry });
        }
      }
    }
  }
  return [...marks.values()];
}

function markReferences(fields: readonly string[]): Mark[] {
  return [...new Set(fields)].map((field) => {
    const [, type = "", number = ""] = /^r([^:]+):(\d+)$/.exec(field) ?? [];
    return { type, number, entry: null };
  });
}
