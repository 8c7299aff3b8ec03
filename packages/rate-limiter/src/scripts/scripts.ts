import { defineScript, type Script } from "@keyward/core";
import type { Refund, WindowRule } from "../algorithms/algorithm.ts";
import { type AlgorithmName, algorithms } from "../algorithms/algorithms.ts";
import checkLua from "./check.lua";
import { checkInMemory } from "./check.memory.ts";
import { type CheckReply, readCheckReply } from "./check-reply.ts";
import { composeLua } from "./compose-lua.ts";
import fixedWindow from "./fragments/fixed-window.lua";
import gcra from "./fragments/gcra.lua";
import log from "./fragments/log.lua";
import { policyArguments } from "./policy-arguments.ts";
import refundLua from "./refund.lua";
import { refundInMemory } from "./refund.memory.ts";
import { readStepReply, type StepReply } from "./step-reply.ts";

export interface CheckArguments {
  readonly cost: number;
  /** Whether what fits is taken, or only asked for. */
  readonly mode: "spend" | "ask";
  readonly rules: readonly WindowRule[];
}

/** On a store its time counts from `born`. */
export interface RefundArguments extends Refund {
  /** Of the state that it was taken from; another life of it owes nothing. */
  readonly born: number;
  readonly rules: readonly WindowRule[];
}

/** The atomic steps of one algorithm. */
export interface LimitScripts {
  readonly check: Script<CheckArguments, CheckReply>;
  /** `"gone"` if the state is another by now. Running it twice gives back twice. */
  readonly refund: Script<RefundArguments, StepReply>;
}

const arithmetic: Readonly<Record<AlgorithmName, string>> = { log, gcra, "fixed-window": fixedWindow };

export const scripts: Readonly<Record<AlgorithmName, LimitScripts>> = {
  log: /* @__PURE__ */ scriptsOf("log"),
  gcra: /* @__PURE__ */ scriptsOf("gcra"),
  "fixed-window": /* @__PURE__ */ scriptsOf("fixed-window"),
};

function scriptsOf(name: AlgorithmName): LimitScripts {
  const algorithm = algorithms[name];
  return {
    check: defineScript<CheckArguments, CheckReply>({
      name: `check-${name}`,
      keys: ["state"],
      args: ({ cost, mode, rules }) => [String(cost), mode, ...policyArguments(algorithm, rules)],
      reply: readCheckReply,
      lua: composeLua(checkLua, arithmetic[name]),
      memory: checkInMemory(algorithm),
      retain: "while-room",
    }),
    refund: defineScript<RefundArguments, StepReply>({
      name: `refund-${name}`,
      keys: ["state"],
      args: ({ cost, taken, born, takenAt, rules }) => [
        ...[cost, taken, born, takenAt].map(String),
        ...policyArguments(algorithm, rules),
      ],
      reply: readStepReply,
      lua: composeLua(refundLua, arithmetic[name]),
      memory: refundInMemory(algorithm),
      retain: "while-room",
    }),
  };
}
