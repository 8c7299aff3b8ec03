import type { ScriptDefinition, ScriptStore } from "@keyward/core";
import { bornOf, encodeKeyState } from "./state/key-state.ts";

/** Twin of `reset.lua`. */
export const resetInMemory: ScriptDefinition<never, unknown>["memory"] = (store, [key = ""]) => {
  const { now } = store;
  const born = bornOf(textUnder(store, key));
  if (born === undefined || born < now) {
    store.delete(key);
  } else {
    const next = born + 1;
    const keeper = { expiresAt: next + (next - now) + 1, first: 0, second: 0, rest: "" };
    const state = { born: next, shift: 0, last: next, blockedUntil: next, windows: new Map([["l0", keeper]]) };
    store.set(key, encodeKeyState(state), next - now);
  }
  return 1;
};

/** The text under a key; empty for a value of another type, which can't be read. */
function textUnder(store: ScriptStore, key: string): string {
  try {
    return store.get(key) ?? "";
  } catch {
    return "";
  }
}
