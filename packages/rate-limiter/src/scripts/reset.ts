import { defineScript } from "@keyward/core";
import resetLua from "./reset.lua";
import { resetInMemory } from "./reset.memory.ts";
import { readStepReply, type StepReply } from "./step-reply.ts";

/** Forgets a caller. Receipts from before are worth nothing afterwards, even within the same millisecond. */
export const reset = defineScript<object, StepReply>({
  name: "reset",
  keys: ["state"],
  args: () => [],
  reply: readStepReply,
  lua: resetLua,
  memory: resetInMemory,
  retain: "while-room",
});
