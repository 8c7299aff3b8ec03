import { defineScript } from "@keyward/core";
import slots from "./fragments/slots.lua";
import { countsOf, isUnreadable, type SlotCounts, type Unreadable } from "./slot-counts.ts";
import takeSlotLua from "./take-slot.lua";
import { takeSlotInMemory } from "./take-slot.memory.ts";

export interface TakeSlotArguments {
  /** Identifies the attempt each time that it asks. `idLength` characters long. */
  readonly id: string;
  readonly limit: number;
  readonly leaseMs: number;
  /** `"ask"` takes a slot now or not at all, `"queue"` waits for its turn, `"renew"` is for an attempt that holds a slot. */
  readonly mode: "ask" | "queue" | "renew";
  /** How long a place in the queue lasts if the attempt doesn't ask again. */
  readonly placeMs: number;
  readonly maxWaiting: number;
}

/** The attempt holds a slot for another lease, waits in the queue, or was refused since no slot is free or too many wait. */
export type TakeSlotReply =
  | Unreadable
  | ({ readonly status: "held" | "waits" | "refused" | "queue-full" } & SlotCounts);

const statuses = new Map<unknown, "held" | "waits" | "refused" | "queue-full">([
  [0, "refused"],
  [1, "held"],
  [2, "waits"],
  [4, "queue-full"],
]);

/**
 * Takes a slot for an attempt, first come, first served. Running it again for the same attempt only extends its time. An
 * attempt that renews and isn't known any more, because the store has lost data, gets a slot again if one is free.
 */
export const takeSlot = defineScript<TakeSlotArguments, TakeSlotReply>({
  name: "take-slot",
  keys: ["state"],
  args: ({ id, limit, leaseMs, mode, placeMs, maxWaiting }) => [
    id,
    String(limit),
    String(leaseMs),
    mode,
    String(placeMs),
    String(maxWaiting),
  ],
  reply(raw) {
    if (isUnreadable(raw)) return { status: "unreadable" };
    const [code, ...counts] = Array.isArray(raw) ? raw : [];
    const status = statuses.get(code);
    if (status === undefined) throw new TypeError("no status that the script answers");
    return { status, ...countsOf(counts) };
  },
  lua: slots + takeSlotLua,
  memory: takeSlotInMemory,
});
