import { defineScript } from "@keyward/core";
import slots from "./fragments/slots.lua";
import releaseSlotLua from "./release-slot.lua";
import { releaseSlotInMemory } from "./release-slot.memory.ts";
import { isUnreadable, type Unreadable } from "./slot-counts.ts";

export interface ReleaseSlotArguments {
  readonly id: string;
  readonly limit: number;
}

export interface ReleaseSlotOutcome {
  /** What the attempt had: a slot, a place in the queue, or neither any more. */
  readonly status: "held" | "waited" | "gone";
  /** The ids of the attempts whose turn it is now. */
  readonly next: readonly string[];
}

const statuses = ["gone", "held", "waited"] as const;

/** Removes an attempt from the slots or from the queue. Running it again changes nothing. */
export const releaseSlot = defineScript<ReleaseSlotArguments, Unreadable | ReleaseSlotOutcome>({
  name: "release-slot",
  keys: ["state"],
  args: ({ id, limit }) => [id, String(limit)],
  reply(raw) {
    if (isUnreadable(raw)) return { status: "unreadable" };
    const [code, ...next] = Array.isArray(raw) ? raw : [];
    const status = statuses[code];
    if (status === undefined || !next.every((id) => typeof id === "string")) {
      throw new TypeError("a status and the ids of attempts are what the script answers");
    }
    return { status, next };
  },
  lua: slots + releaseSlotLua,
  memory: releaseSlotInMemory,
});
