import type { ScriptDefinition } from "@keyward/core";
import type { Algorithm, WindowRule } from "../algorithms/algorithm.ts";
import { longestWait } from "../algorithms/longest-wait.ts";
import { readPolicyArguments } from "./policy-arguments.ts";
import { StoredState } from "./state/stored-state.ts";

/** Twin of `check.lua` with the algorithm's fragment. */
export function checkInMemory<State>(algorithm: Algorithm<State>): ScriptDefinition<never, unknown>["memory"] {
  return (store, [key = ""], [costText, mode, ...policy]) => {
    const stored = StoredState.read(store, key);
    if (stored === undefined) return [3];
    const cost = Number(costText);
    const { state, at } = stored;
    const rules = readPolicyArguments(algorithm, policy);
    const states = rules.map((rule) => stored.open(algorithm, rule));
    const blockedMs = Math.max(0, state.blockedUntil - at);
    const waitMs = longestWait(algorithm, rules, states, cost, at, blockedMs);
    const isTaken = waitMs === 0 && cost > 0 && mode === "spend";
    // Unless the step back is stored, a refused caller would have to wait until the clock has caught up.
    if (isTaken || stored.hasSteppedBack) {
      for (const [index, rule] of rules.entries()) {
        if (isTaken) algorithm.spend(states[index] as State, rule, cost, at);
        stored.put(algorithm, rule, states[index] as State);
      }
      stored.save();
    }
    const status = waitMs === 0 ? 1 : blockedMs > 0 ? 2 : 0;
    return JSON.stringify([status, store.now, state.born, at - state.born, waitMs, ...rules.flatMap(told)]);

    function told(rule: WindowRule, index: number): number[] {
      const window = states[index] as State;
      const remaining = algorithm.remaining(window, rule);
      const resetMs = Math.max(0, algorithm.expiresAt(window, rule) - at);
      return [remaining, resetMs > 0 ? algorithm.waitMs(window, rule, remaining + 1, at) : 0, resetMs];
    }
  };
}
