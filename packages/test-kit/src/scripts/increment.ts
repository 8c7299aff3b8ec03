import { defineScript } from "@keyward/core";

/** Adds to a number: a step that shows whether it ran twice, or not at all. */
export const increment = defineScript<{ readonly by: number }, number>({
  name: "increment",
  keys: ["the number"],
  args: ({ by }) => [`${by}`],
  reply: Number,
  lua: 'return redis.call("INCRBY", KEYS[1], ARGV[2])',
  memory(store, keys, args) {
    const key = keys[0] as string;
    const sum = Number(store.get(key) ?? "0") + Number(args[0]);
    store.set(key, `${sum}`);
    return sum;
  },
});
