import type { ScriptDefinition } from "@keyward/core";
import type { Algorithm } from "../algorithms/algorithm.ts";
import { readPolicyArguments } from "./policy-arguments.ts";
import { StoredState } from "./state/stored-state.ts";

/** Twin of `refund.lua` with the fragment of the algorithm. */
export function refundInMemory<State>(algorithm: Algorithm<State>): ScriptDefinition<never, unknown>["memory"] {
  return (store, [key = ""], [cost, born, spentAt, ...policy]) => {
    const stored = StoredState.read(store, key);
    if (stored === undefined) return [3];
    if (stored.found?.born !== Number(born)) return [0];
    for (const rule of readPolicyArguments(algorithm, policy)) {
      if (!stored.has(algorithm, rule)) continue;
      const state = stored.open(algorithm, rule);
      algorithm.refund(state, rule, Number(cost), stored.state.born + Number(spentAt), stored.at);
      stored.put(algorithm, rule, state);
    }
    stored.save();
    return [1];
  };
}
