import type { ScriptDefinition } from "@keyward/core";
import { StoredState } from "./state/stored-state.ts";

/** Twin of `block.lua`. */
export const blockInMemory: ScriptDefinition<never, unknown>["memory"] = (store, [key = ""], [durationMs]) => {
  const stored = StoredState.read(store, key);
  if (stored === undefined) return [3];
  stored.state.blockedUntil = stored.at + Number(durationMs);
  stored.save();
  return [1];
};
