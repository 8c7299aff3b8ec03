import { defineScript, type Script } from "@keyward/core";
import type { Refund, WindowRule } from "../algorithms/algorithm.ts";
import { type AlgorithmName, algorithms } from "../algorithms/algorithms.ts";
import { composeLua } from "./compose-lua.ts";
import { policyArguments } from "./policy-arguments.ts";
import refundLua from "./refund.lua";
import { refundInMemory } from "./refund.memory.ts";
import { readStepReply, type StepReply } from "./step-reply.ts";

/** On a store, `takenAt` counts from `born`. */
export interface RefundArguments extends Refund {
  /** Of the state that the units were taken from. One that began later owes nothing. */
  readonly born: number;
  readonly rules: readonly WindowRule[];
}

/** Gives back what one spending took; `"gone"` if the state is another by now. Running it twice gives back twice. */
/* @__NO_SIDE_EFFECTS__ */
export function defineRefund(name: AlgorithmName, arithmetic: string): Script<RefundArguments, StepReply> {
  const algorithm = algorithms[name];
  return defineScript<RefundArguments, StepReply>({
    name: `refund-${name}`,
    keys: ["state"],
    args: ({ cost, taken, born, takenAt, rules }) => [
      ...[cost, taken, born, takenAt].map(String),
      ...policyArguments(algorithm, rules),
    ],
    reply: readStepReply,
    lua: composeLua(refundLua, arithmetic),
    memory: refundInMemory(algorithm),
    retain: "while-room",
  });
}
