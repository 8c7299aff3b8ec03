import type { ScriptDefinition } from "@keyward/core";
import { placeOf } from "../state/slot-state.ts";
import { StoredSlots } from "../state/stored-slots.ts";

/** Twin of `release-slot.lua`. */
export const releaseSlotInMemory: ScriptDefinition<never, unknown>["memory"] = (store, [key = ""], args) => {
  const [id = "", slots] = args;
  const stored = StoredSlots.read(store, key);
  if (stored === undefined) return [3];
  const { held, queue } = stored.state;
  const own = placeOf(held, id);
  const place = placeOf(queue, id);
  if (own < 0 && place < 0) return [0];
  if (own >= 0) held.splice(own, 1);
  if (place >= 0) queue.splice(place, 1);
  stored.save();
  const turns = Math.max(0, Number(slots) - held.length);
  return [own >= 0 ? 1 : 2, ...queue.slice(0, turns).map((waiting) => waiting.id)];
};
