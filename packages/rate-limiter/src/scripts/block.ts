import { defineScript } from "@keyward/core";
import blockLua from "./block.lua";
import { blockInMemory } from "./block.memory.ts";
import { composeLua } from "./compose-lua.ts";
import { readStepReply, type StepReply } from "./step-reply.ts";

/** Refuses a caller for a time. Running it again counts the time from the second run. */
export const block = defineScript<{ readonly durationMs: number }, StepReply>({
  name: "block",
  keys: ["state"],
  args: ({ durationMs }) => [String(durationMs)],
  reply: readStepReply,
  lua: composeLua(blockLua),
  memory: blockInMemory,
  retain: "while-room",
});
