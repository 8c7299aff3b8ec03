import type { ScriptDefinition } from "../../script/script.ts";
import { answer, type Field } from "./fragments/foundation/values.memory.ts";
import { readList } from "./fragments/mappings/entries.memory.ts";
import { forwardOf, readRecord, readValue } from "./fragments/mappings/records.memory.ts";
import { lookUp, readScope } from "./fragments/scope/generations.memory.ts";
import { highestOfAll } from "./fragments/scope/highest.memory.ts";
import { readLife } from "./fragments/scope/life.memory.ts";
import { openGeneration, remaining, writeTarget } from "./fragments/scope/open-generation.memory.ts";

/** Twin of `resolve.lua`. */
export const resolveInMemory: ScriptDefinition<never, unknown>["memory"] = (store, keys, [ttl = "", joined]) =>
  answer(() => {
    const fields = readList(joined);
    const scope = readScope(store, keys, Number(ttl), [], fields);
    const life = readLife(scope);
    const records: Field[] = [];
    const forward: Field[] = [];
    let hit = false;
    const values: (string | null)[] = [];
    for (const field of fields) {
      const found = lookUp(scope, field);
      const leads = found.value !== null && found.elsewhere ? readRecord(found.value) : undefined;
      const value = found.value === null || leads === null ? null : readValue(found.value);
      values.push(value !== null ? `=${value}` : found.value === null ? null : "!");
      hit ||= value !== null;
      if (found.value === null || value === null || !leads) continue;
      records.push([field, found.value]);
      const [, type = "", number = ""] = /^r([^:]+):(\d+)$/.exec(field) ?? [];
      for (const lead of forwardOf(leads, type)) forward.push([lead, number]);
    }
    let target = scope.target;
    if (records.length > 0) {
      if (scope.opening) target = openGeneration(scope, life, scope.newest.index, highestOfAll(scope), records);
      const missing = forward.filter(([lead]) => store.hashGet(target.key, lead) === null);
      writeTarget(scope, target, [...records, ...missing]);
    }
    return ["ok", String(life.epoch), String(life.born), hit ? remaining(scope, target) : "0", ...values];
  });
