import { defineScript } from "@keyward/core";
import lua from "./increment.lua";

/** Adds to a number. If two of these steps overlap, the sum is wrong. */
export const increment = defineScript({
  name: "increment",
  keys: ["number"],
  args: (by: number) => [String(by)],
  reply: (raw) => Number(raw),
  lua,
  memory(store, [key = ""], [by]) {
    const number = Number(store.get(key) ?? "0") + Number(by);
    store.set(key, String(number));
    return number;
  },
});
