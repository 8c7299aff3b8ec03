import type { ScriptDefinition } from "@keyward/core";
import { StoredSlots } from "./state/stored-slots.ts";

/** Twin of `release-slot.lua`. */
export const releaseSlotInMemory: ScriptDefinition<never, unknown>["memory"] = (store, [key = ""], args) => {
  const [id = "", slots] = args;
  const stored = StoredSlots.read(store, key);
  if (stored === undefined) return [3];
  const { held, queue } = stored;
  const own = held.placeOf(id);
  const place = queue.placeOf(id);
  if (own < 0 && place < 0) return [0];
  if (own >= 0) held.drop(own);
  if (place >= 0) queue.drop(place);
  stored.save();
  return [own >= 0 ? 1 : 2, ...queue.first(Number(slots) - held.length)];
};
