import type { ScriptDefinition } from "../../script/script.ts";
import { readScope } from "./fragments/generations.memory.ts";
import { highestOfAll } from "./fragments/highest.memory.ts";
import { answer } from "./fragments/values.memory.ts";

/** Twin of `read-highest.lua`. */
export const readHighestInMemory: ScriptDefinition<never, unknown>["memory"] = (store, keys, [ttl = ""]) =>
  answer(() => {
    const highest = highestOfAll(readScope(store, keys, Number(ttl)));
    return ["ok", ...[...highest].flatMap(([type, number]) => [type, String(number)])];
  });
