import type { ScriptDefinition } from "../../script/script.ts";
import { nextGuard, readGuard, skipAfter } from "./fragments/guard.memory.ts";
import { answer, Refused, whole } from "./fragments/values.memory.ts";

/** Twin of `take-block.lua`. */
export const takeBlockInMemory: ScriptDefinition<never, unknown>["memory"] = (store, [key = ""], [size]) =>
  answer(() => {
    const count = Number(size);
    const highest = whole(store.hashGet(key, "highest"), "highest");
    const guard = readGuard(store.hashGet(key, "!guard"));
    const before = highest + skipAfter(guard, store.serverId);
    if (before > Number.MAX_SAFE_INTEGER - count) throw new Refused("exhausted", "highest");
    const last = String(before + count);
    store.hashSet(key, "highest", last);
    store.hashSet(key, "!guard", nextGuard(guard, store, count));
    return ["ok", String(before + 1), last];
  });
