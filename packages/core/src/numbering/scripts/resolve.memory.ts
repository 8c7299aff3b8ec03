import type { ScriptDefinition } from "../../script/script.ts";
import { lookUp, readScope } from "./fragments/generations.memory.ts";
import { highestOfAll } from "./fragments/highest.memory.ts";
import { openGeneration, remaining } from "./fragments/open-generation.memory.ts";
import { forwardOf, readRecord } from "./fragments/records.memory.ts";
import { answer, type Field, whole, writeFields } from "./fragments/values.memory.ts";

/** Twin of `resolve.lua`. */
export const resolveInMemory: ScriptDefinition<never, unknown>["memory"] = (store, keys, [ttl = "", ...args]) =>
  answer(() => {
    const scope = readScope(store, keys, Number(ttl));
    const epoch = whole(store.hashGet(scope.counters, "!epoch"), "!epoch");
    const records: Field[] = [];
    const forward: Field[] = [];
    let hit = false;
    const values: (string | null)[] = [];
    for (let at = 0; at < args.length; at += 2) {
      const [type = "", number = ""] = args.slice(at, at + 2);
      const field = `r${type}:${number}`;
      const found = lookUp(scope, field);
      const record = found.value === null ? null : readRecord(found.value);
      values.push(record ? `=${record.value}` : found.value === null ? null : "!");
      if (!record || found.value === null) continue;
      hit = true;
      if (!found.elsewhere) continue;
      records.push([field, found.value]);
      for (const lead of forwardOf(record, type)) forward.push([lead, number]);
    }
    let target = scope.target;
    if (records.length > 0) {
      if (scope.opening) target = openGeneration(scope, scope.newest.index, highestOfAll(scope));
      const missing = forward.filter(([lead]) => store.hashGet(target.key, lead) === null);
      writeFields(store, target.key, [...records, ...missing]);
    }
    return ["ok", String(epoch), hit ? remaining(scope, target) : "0", ...values];
  });
