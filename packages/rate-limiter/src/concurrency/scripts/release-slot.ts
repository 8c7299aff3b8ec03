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
  /** `"gone"`: it isn't there, or not any more. */
  readonly status: "held" | "waited" | "gone";
  /** Whose turn it is. */
  readonly next: readonly string[];
}

const statuses = ["gone", "held", "waited"] as const;

/** Takes an attempt out of the slots or the queue. Running it again changes nothing. */
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
