import { defineScript, type RawReply, type Script } from "@keyward/core";
import type { WindowRule } from "../algorithms/algorithm.ts";
import { type AlgorithmName, algorithms } from "../algorithms/algorithms.ts";
import { type WindowStatus, windowStatus } from "../check/window-status.ts";
import checkLua from "./check.lua";
import { checkInMemory } from "./check.memory.ts";
import { composeLua } from "./compose-lua.ts";
import { policyArguments } from "./policy-arguments.ts";
import { readStepReply } from "./step-reply.ts";

export interface CheckArguments {
  readonly cost: number;
  /** Whether to take what fits, or only to ask. */
  readonly mode: "spend" | "ask";
  readonly rules: readonly WindowRule[];
}

/** `"unreadable"`: something else, or a newer version, wrote to the caller's key. It was left untouched. */
export type CheckReply = { readonly status: "unreadable" } | CheckOutcome;

export interface CheckOutcome {
  readonly status: "allowed" | "refused" | "blocked";
  /** The store's clock, in milliseconds since the epoch. */
  readonly now: number;
  /** Identifies the state that the units were taken from: a state begun after a reset has another. */
  readonly born: number;
  /** When they were taken, by the state's clock; on a store it counts from `born`. */
  readonly at: number;
  /** Exactly how long until this cost fits; Infinity if it never will. */
  readonly waitMs: number;
  /** In the order of the rules. */
  readonly windows: readonly WindowStatus[];
}

/** Takes `cost` units in every window, or in none. Running it twice takes them twice. */
/* @__NO_SIDE_EFFECTS__ */
export function defineCheck(name: AlgorithmName, arithmetic: string): Script<CheckArguments, CheckReply> {
  const algorithm = algorithms[name];
  return defineScript<CheckArguments, CheckReply>({
    name: `check-${name}`,
    keys: ["state"],
    args: ({ cost, mode, rules }) => [String(cost), mode, ...policyArguments(algorithm, rules)],
    reply: readCheckReply,
    lua: composeLua(checkLua, arithmetic),
    memory: checkInMemory(algorithm),
    retain: "while-room",
  });
}

const statuses = ["refused", "allowed", "blocked"] as const;

function readCheckReply(raw: RawReply, { rules }: { readonly rules: readonly WindowRule[] }): CheckReply {
  if (typeof raw !== "string") return readUnreadable(raw);
  const numbers = JSON.parse(raw) as number[];
  const status = statuses[numbers[0] as number];
  if (status === undefined || numbers.length !== 5 + 3 * rules.length || !numbers.every(Number.isSafeInteger)) {
    throw new TypeError("a check answers whole numbers, three for each window");
  }
  const [, now, born, at, waitMs] = numbers as [number, number, number, number, number];
  const windows = rules.map((rule, index) => {
    const place = 5 + 3 * index;
    return windowStatus(rule, numbers[place] as number, numbers[place + 1] as number, numbers[place + 2] as number);
  });
  return { status, now, born, at, waitMs: waitMs < 0 ? Number.POSITIVE_INFINITY : waitMs, windows };
}

function readUnreadable(raw: RawReply): CheckReply {
  if (readStepReply(raw) === "unreadable") return { status: "unreadable" };
  throw new TypeError("no status that the script answers");
}
