import type { ScriptDefinition } from "@keyward/core";
import type { Algorithm } from "../algorithms/algorithm.ts";
import { StoredState } from "../state/stored-state.ts";
import { readPolicyArguments } from "./policy-arguments.ts";

/** Twin of `refund.lua` with the fragment of the algorithm. */
export function refundInMemory<State>(algorithm: Algorithm<State>): ScriptDefinition<never, unknown>["memory"] {
  return (store, [key = ""], [cost, taken, born, takenAt, ...policy]) => {
    const stored = StoredState.read(store, key);
    if (stored === undefined) return [3];
    if (stored.found?.born !== Number(born)) return [0];
    const refund = { cost: Number(cost), taken: Number(taken), takenAt: stored.state.born + Number(takenAt) };
    for (const rule of readPolicyArguments(algorithm, policy)) {
      const state = stored.written(algorithm, rule);
      if (state === undefined) continue;
      algorithm.refund(state, rule, refund, stored.at);
      stored.put(algorithm, rule, state);
    }
    stored.save();
    return [1];
  };
}
