import type { ScriptDefinition } from "../../script/script.ts";
import { answer } from "./fragments/foundation/values.memory.ts";
import { readScope } from "./fragments/scope/generations.memory.ts";
import { highestOfAll } from "./fragments/scope/highest.memory.ts";
import { raiseLacks, readIndexes, writeIndexes } from "./fragments/scope/indexes.memory.ts";

/** Twin of `complete-index.lua`. */
export const completeIndexInMemory: ScriptDefinition<never, unknown>["memory"] = (
  store,
  keys,
  [ttl = "", name = "", ...args],
) =>
  answer(() => {
    const walked = new Map<string, number>();
    for (let at = 0; at < args.length; at += 2) walked.set(args[at] ?? "", Number(args[at + 1]));
    const scope = readScope(store, keys, Number(ttl));
    if (!scope.newest.live || scope.newest.index === "") return ["ok", "1"];
    const indexes = readIndexes(scope.newest.index);
    const lacks = indexes.get(name) ?? new Map<string, number>();
    if (!indexes.has(name)) {
      const highest = highestOfAll(scope);
      raiseLacks(lacks, highest.keys(), highest);
    }
    if ([...lacks].some(([type, number]) => number > (walked.get(type) ?? 0))) return ["ok", "0"];
    store.hashSet(scope.newest.key, "!index", writeIndexes(indexes.set(name, new Map())));
    return ["ok", "1"];
  });
