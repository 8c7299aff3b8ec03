import { defineScript } from "@keyward/core";
import lua from "./move.lua";

/** Moves one unit from the first key's number to the second's; their sum never changes. */
export const move = defineScript({
  name: "move",
  keys: ["from", "to"],
  args: () => [],
  reply: (raw) => (Array.isArray(raw) ? raw.map(Number) : []),
  lua,
  memory(store, [from = "", to = ""]) {
    const left = Number(store.get(from) ?? "0") - 1;
    const right = Number(store.get(to) ?? "0") + 1;
    store.set(from, String(left));
    store.set(to, String(right));
    return [left, right];
  },
});
