import type { Script } from "@keyward/core";
import type { AlgorithmName } from "../algorithms/algorithms.ts";
import { type CheckArguments, type CheckReply, defineCheck } from "./check.ts";
import fixedWindow from "./fragments/fixed-window.lua";
import gcra from "./fragments/gcra.lua";
import log from "./fragments/log.lua";
import { defineRefund, type RefundArguments } from "./refund.ts";
import type { StepReply } from "./step-reply.ts";

/** The atomic steps that depend on the algorithm. `block` and `reset` don't. */
export interface LimitScripts {
  readonly check: Script<CheckArguments, CheckReply>;
  readonly refund: Script<RefundArguments, StepReply>;
}

export const limitScripts: Readonly<Record<AlgorithmName, LimitScripts>> = {
  log: /* @__PURE__ */ scriptsOf("log", log),
  gcra: /* @__PURE__ */ scriptsOf("gcra", gcra),
  "fixed-window": /* @__PURE__ */ scriptsOf("fixed-window", fixedWindow),
};

function scriptsOf(name: AlgorithmName, arithmetic: string): LimitScripts {
  return { check: defineCheck(name, arithmetic), refund: defineRefund(name, arithmetic) };
}
