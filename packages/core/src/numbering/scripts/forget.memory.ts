import type { ScriptDefinition } from "../../script/script.ts";
import { answer, type Field, Refused } from "./fragments/foundation/values.memory.ts";
import { isNumber, readEntries, readList, type TwinEntry } from "./fragments/mappings/entries.memory.ts";
import { type Mark, removeMarked } from "./fragments/mappings/remove-mappings.memory.ts";
import { emptyGeneration, readScope, type Scope } from "./fragments/scope/generations.memory.ts";
import { highestOfAll, saveHighest } from "./fragments/scope/highest.memory.ts";
import { carriesComplete, readIndexes } from "./fragments/scope/indexes.memory.ts";
import { lifeOf } from "./fragments/scope/life.memory.ts";
import { openGeneration, writeTarget } from "./fragments/scope/open-generation.memory.ts";

/** Twin of `forget.lua`. */
export const forgetInMemory: ScriptDefinition<never, unknown>["memory"] = (
  store,
  keys,
  [ttl = "", joined = "", how, ...args],
) =>
  answer(() => {
    const names = readList(joined);
    const entries = how === "entries" ? readEntries(args) : [];
    const leads = entries.flatMap(({ fields }) => [...fields.values()]);
    store.hashGet(keys[0] ?? "", "!epoch");
    const scope = readScope(store, keys, Number(ttl), [], leads);
    const { epoch: before, born, isLost } = lifeOf(scope);
    if (before === Number.MAX_SAFE_INTEGER) throw new Refused("corrupt", "!epoch");
    const indexes = readIndexes(scope.newest.live ? scope.newest.index : "");
    if (how === "entries" && !carriesComplete(indexes, names)) throw new Refused("indexes");
    if (before === 0 && !scope.newest.live) return ["ok", "0", how === "all" ? "" : "0"];
    const highest = isLost || how === "all" ? highestOfAll(scope) : new Map<string, number>();
    const epoch = Math.max(before + 1, store.now);
    saveHighest(scope, { epoch, born }, null, highest);

    if (how === "all") {
      const [a, b] = scope.keys;
      const target = emptyGeneration(a);
      const emptied: Scope = { ...scope, newest: emptyGeneration(b), due: false, opening: true, target };
      const writes: Field[] = [];
      openGeneration(emptied, { epoch, born }, "", highest, writes);
      writeTarget(emptied, target, writes);
      return ["ok", String(epoch), ""];
    }
    const marks = how === "entries" ? markEntries(scope, entries) : markReferences(readList(args[0]));
    if (scope.newest.live && scope.newest.born > 0) store.hashSet(scope.newest.key, "!life", `${epoch}:${born}`);
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
