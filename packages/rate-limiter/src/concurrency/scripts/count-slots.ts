import { defineScript } from "@keyward/core";
import countSlotsLua from "./count-slots.lua";
import { countSlotsInMemory } from "./count-slots.memory.ts";
import slots from "./fragments/slots.lua";
import { countsOf, isUnreadable, type SlotCounts, type Unreadable } from "./slot-counts.ts";

/** How many hold a slot and how many wait for one. Changes nothing. */
export const countSlots = defineScript<object, Unreadable | ({ readonly status: "read" } & SlotCounts)>({
  name: "count-slots",
  keys: ["state"],
  args: () => [],
  reply(raw) {
    if (isUnreadable(raw)) return { status: "unreadable" };
    return { status: "read", ...countsOf(Array.isArray(raw) ? raw.slice(1) : []) };
  },
  lua: slots + countSlotsLua,
  memory: countSlotsInMemory,
});
