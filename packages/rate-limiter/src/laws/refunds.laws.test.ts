import { createMemoryBackend } from "@keyward/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { WindowRule } from "../algorithms/algorithm.ts";
import type { AlgorithmName } from "../algorithms/algorithms.ts";
import type { CheckArguments, CheckOutcome } from "../scripts/check.ts";
import { limitScripts } from "../scripts/limit-scripts.ts";
import { reset } from "../scripts/reset.ts";
import { heldBy } from "./held.ts";

interface Spending {
  readonly time: number;
  readonly aheadMs: number;
  readonly cost: number;
  readonly rules: readonly WindowRule[];
  readonly outcome: CheckOutcome;
  back: number;
}

const keys = ["{a}"];
const windowsMs = [1, 100, 999];

/** Two plans for the same windows, of which one is a hundred times as fast. */
const plansOf = (name: AlgorithmName, cells: number) => {
  const rule = (windowMs: number) =>
    fc.tuple(fc.constantFrom(1, 100), fc.constantFrom(2, 5)).map(([limit, most]): WindowRule => {
      return { name: "", limit, windowMs, burst: name === "gcra" ? most : limit, cells };
    });
  const plan = fc.constantFrom([100], [100], [1], [1, 100], [100, 999]).chain((some) => fc.tuple(...some.map(rule)));
  return fc.tuple(plan, plan);
};

/** Beside the milliseconds at which something ends as little as possible: then another life of the state is near. */
const afterMs = fc.constantFrom(0, 0, 0, 1, 1, 2, 98, 99, 100);
const check = fc.record({
  kind: fc.constant("check" as const),
  plan: fc.constantFrom(0 as const, 1 as const),
  cost: fc.constantFrom(1, 1, 2),
  afterMs,
});
const refund = fc.record({
  kind: fc.constant("refund" as const),
  which: fc.nat(2),
  part: fc.constantFrom(1, 1, 0.5),
  afterMs,
});
const steps = fc.array(
  fc.oneof(
    { arbitrary: check, weight: 5 },
    { arbitrary: refund, weight: 3 },
    { arbitrary: fc.record({ kind: fc.constant("reset" as const), afterMs: fc.constantFrom(0, 0, 1) }), weight: 2 },
  ),
  { maxLength: 20, size: "max" },
);

it.each([
  { name: "log", cells: 512, law: "is" },
  { name: "fixed-window", cells: 1, law: "is" },
  { name: "log", cells: 2, law: "is at least" },
  { name: "gcra", cells: 1, law: "is at least" },
] as const)(
  "whatever plans and resets come in between, what is held after a refund $law what had been there if less had been taken: $name, $cells",
  async ({ name, cells, law }) => {
    await fc.assert(
      fc.asyncProperty(plansOf(name, cells), steps, async (plans, calls) => {
        const backend = createMemoryBackend();
        /** Those that can be given back, and those since the last reset. */
        const receipts: Spending[] = [];
        let life: Spending[] = [];
        let now = 1_700_000_000_000;
        const ask = async (input: CheckArguments) => {
          const reply = await backend.run(limitScripts[name].check, keys, input, { nowMs: now });
          if (reply.status === "unreadable") throw new Error("unreadable");
          return reply;
        };
        const held = async (windowMs: number) => {
          // As fine as can be told: more units than there are, or a bucket that drains by one.
          const limit = name === "gcra" ? 1 : 1_000;
          const rule = { name: "", limit, windowMs, burst: 1_000, cells };
          const [window] = (await ask({ cost: 0, mode: "ask", rules: [rule] })).windows;
          const expected = (spendings: Spending[]) => heldBy(name, spendings, rule, now);
          return { actual: name === "gcra" ? window!.resetMs : limit - window!.remaining, expected };
        };

        for (const call of calls) {
          now += call.afterMs;
          if (call.kind === "reset") {
            await backend.run(reset, keys, {}, { nowMs: now });
            life = [];
            // Asking would write.
            continue;
          }
          if (call.kind === "check") {
            const { cost, plan } = call;
            const rules = plans[plan];
            const outcome = await ask({ cost, mode: "spend", rules });
            if (outcome.status !== "allowed") continue;
            const aheadMs = outcome.born + outcome.at - now;
            const spending = { time: now, aheadMs, cost, rules, outcome, back: 0 };
            receipts.push(spending);
            life.push(spending);
          } else {
            const [spending] = receipts.splice(-1 - call.which, 1);
            if (spending === undefined) continue;
            const { cost: taken, rules, outcome } = spending;
            spending.back = Math.ceil(taken * call.part);
            const input = { cost: spending.back, taken, born: outcome.born, takenAt: outcome.at, rules };
            await backend.run(limitScripts[name].refund, keys, input, { nowMs: now });
          }
          for (const windowMs of windowsMs) {
            const { actual, expected } = await held(windowMs);
            const least = expected(life);
            expect(actual).toBeGreaterThanOrEqual(least);
            if (law === "is") expect(actual).toBe(least);
            if (cells !== 2) {
              expect(actual).toBeLessThanOrEqual(expected(life.map((spending) => ({ ...spending, back: 0 }))));
            }
          }
        }
      }),
      { numRuns: 1_000 },
    );
  },
);
