import type { ScriptDefinition } from "@keyward/core";
import { placeOf, type Standing } from "../state/slot-state.ts";
import { StoredSlots } from "../state/stored-slots.ts";

/** Twin of `take-slot.lua`. */
export const takeSlotInMemory: ScriptDefinition<never, unknown>["memory"] = (store, [key = ""], args) => {
  const [id = "", slots, leaseMs, mode, placeMs, maxWaiting] = args;
  const stored = StoredSlots.read(store, key);
  if (stored === undefined) return [3];
  const { at } = stored;
  const { held, queue } = stored.state;
  const own = placeOf(held, id);
  const place = placeOf(queue, id);
  const ahead = mode === "renew" ? 0 : place < 0 ? queue.length : place;

  let status = 0;
  if (own >= 0 || ahead < Number(slots) - held.length) {
    status = 1;
    put(held, own, { id, expiresAt: at + Number(leaseMs) });
  } else if (mode === "queue") {
    status = place >= 0 || queue.length < Number(maxWaiting) ? 2 : 4;
  }
  if (status === 2) put(queue, place, { id, expiresAt: at + Number(placeMs) });
  else if (place >= 0) queue.splice(place, 1);
  if (place >= 0 || status === 1 || status === 2) stored.save();
  return [status, held.length, queue.length];
};

function put(list: Standing[], place: number, standing: Standing): void {
  list[place < 0 ? list.length : place] = standing;
}
