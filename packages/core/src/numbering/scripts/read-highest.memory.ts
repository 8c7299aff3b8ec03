import type { ScriptDefinition } from "../../script/script.ts";
import { answer } from "./fragments/foundation/values.memory.ts";
import { readScope } from "./fragments/scope/generations.memory.ts";
import { highestOfAll } from "./fragments/scope/highest.memory.ts";

/** Twin of `read-highest.lua`. */
export const readHighestInMemory: ScriptDefinition<never, unknown>["memory"] = (store, keys, [ttl = ""]) =>
  answer(() => {
    const highest = highestOfAll(readScope(store, keys, Number(ttl)));
    return ["ok", ...[...highest].flatMap(([type, number]) => [type, String(number)])];
  });
