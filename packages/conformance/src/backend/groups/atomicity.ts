import { expect } from "vitest";
import { checksOf } from "../checks-of.ts";
import { increment } from "../probes/increment.ts";
import { move } from "../probes/move.ts";

const callers = 60;

export const atomicityChecks = checksOf("atomicity", {
  "of many conditional writes to an absent key, one succeeds": async ({ backend, second, key }) => {
    const name = key();
    const written = await Promise.all(
      Array.from({ length: callers }, (_, index) =>
        (index % 2 === 0 ? backend : second).set(name, String(index), { onlyIf: "absent" }),
      ),
    );
    expect(written.filter(Boolean)).toHaveLength(1);
    expect(await backend.get(name)).toBe(String(written.indexOf(true)));
  },

  "steps that run at the same time lose no update": async ({ backend, second, key }) => {
    const name = key();
    const numbers = await Promise.all(
      Array.from({ length: callers }, (_, index) => (index % 2 === 0 ? backend : second).run(increment, [name], 1)),
    );
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: callers }, (_, index) => index + 1));
    expect(await backend.get(name)).toBe(String(callers));
  },

  "nobody sees half of a step": async ({ backend, second, slotKeys }) => {
    const [from = "", to = ""] = slotKeys(2);
    const sums = await Promise.all(
      Array.from({ length: callers }, async (_, index) => {
        if (index % 2 === 0) return (await backend.run(move, [from, to], undefined)).reduce((a, b) => a + b, 0);
        const [left, right] = await second.getMany([from, to]);
        return Number(left) + Number(right);
      }),
    );
    expect(new Set(sums)).toEqual(new Set([0]));
  },

  "of many deletions of a key, one counts it": async ({ backend, second, key }) => {
    const name = key();
    await backend.set(name, "value");
    const counts = await Promise.all(
      Array.from({ length: callers }, (_, index) => (index % 2 === 0 ? backend : second).delete([name])),
    );
    expect(counts.reduce((a, b) => a + b, 0)).toBe(1);
  },
});
