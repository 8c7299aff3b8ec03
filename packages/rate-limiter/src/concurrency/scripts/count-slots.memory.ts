import type { ScriptDefinition } from "@keyward/core";
import { StoredSlots } from "./state/stored-slots.ts";

/** Twin of `count-slots.lua`. */
export const countSlotsInMemory: ScriptDefinition<never, unknown>["memory"] = (store, [key = ""]) => {
  const stored = StoredSlots.read(store, key);
  return stored === undefined ? [3] : [1, stored.held.length, stored.queue.length];
};
