import { expect, it } from "vitest";
import { gcra } from "./gcra.ts";

const rule = { name: "", limit: 1, windowMs: 100, burst: 5, cells: 1 };

it("a bucket gives back nothing that was taken after it was written, as one that has lost its latest spending", () => {
  const state = gcra.create();
  gcra.settle(state, rule, 0);
  gcra.spend(state, rule, 3, 0);
  gcra.refund(state, rule, { cost: 1, taken: 1, takenAt: 1 }, 2);
  gcra.settle(state, rule, 2);
  expect(gcra.remaining(state, rule)).toBe(2);
});
