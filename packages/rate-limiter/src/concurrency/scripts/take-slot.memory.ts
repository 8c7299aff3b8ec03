import type { ScriptDefinition } from "@keyward/core";
import { StoredSlots } from "./state/stored-slots.ts";

/** Twin of `take-slot.lua`. */
export const takeSlotInMemory: ScriptDefinition<never, unknown>["memory"] = (store, [key = ""], args) => {
  const [id = "", slots, leaseMs, mode, placeMs, maxWaiting] = args;
  const stored = StoredSlots.read(store, key);
  if (stored === undefined) return [3];
  const { held, queue } = stored;
  const own = held.placeOf(id);
  const place = queue.placeOf(id);
  const ahead = mode === "renew" ? 0 : place < 0 ? queue.length : place;

  let status = 0;
  if (own >= 0 || ahead < Number(slots) - held.length) {
    status = 1;
    stored.put(held, own, id, Number(leaseMs));
  } else if (mode === "queue") {
    status = place >= 0 || queue.length < Number(maxWaiting) ? 2 : 4;
  }
  if (status === 2) stored.put(queue, place, id, Number(placeMs));
  else if (place >= 0) queue.drop(place);
  if (place >= 0 || status === 1 || status === 2) stored.save();
  return [status, held.length, queue.length];
};
