import { defineScript } from "@keyward/core";
import slots from "./fragments/slots.lua";
import { countsOf, isUnreadable, type SlotCounts, type Unreadable } from "./slot-counts.ts";
import takeSlotLua from "./take-slot.lua";
import { takeSlotInMemory } from "./take-slot.memory.ts";

export interface TakeSlotArguments {
  /** Of the attempt, the same each time that it asks; of `idLength` characters. */
  readonly id: string;
  readonly limit: number;
  readonly leaseMs: number;
  /** `"ask"` now or not at all, `"queue"` when its turn comes, `"renew"` for one that had a slot when it was last told. */
  readonly mode: "ask" | "queue" | "renew";
  /** How long a place in the queue stands without another ask. */
  readonly placeMs: number;
  readonly maxWaiting: number;
}

/** `"held"` for another lease, `"waits"` in its place, `"refused"` since no slot is free, `"queue-full"` since too many wait. */
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
 * Takes a slot for an attempt, first come first served. Running it again for the same attempt changes nothing but how long it
 * stands. One that renews and isn't known any more, as when the store lost its data, gets its slot back while one is free.
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
