import { createMemoryBackend } from "@keyward/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { WindowRule } from "../algorithms/algorithm.ts";
import { type AlgorithmName, algorithms } from "../algorithms/algorithms.ts";
import { LocalCounts } from "../local/local-counts.ts";
import type { CheckOutcome } from "../scripts/check.ts";
import { limitScripts } from "../scripts/limit-scripts.ts";
import type { RefundArguments } from "../scripts/refund.ts";

const daysMs = 86_400_000;
const scales = [
  { windowsMs: [7, 100, 999], limits: [1, 3, 40, 100] },
  { windowsMs: [60_000, 30 * daysMs, 400 * daysMs], limits: [1, 10, 100_000] },
  { windowsMs: [1, 60_000, 400 * daysMs], limits: [1, 100, 1e12] },
];

/** Policies that share windows with one another, but not their limits; the largest numbers are too much for gcra. */
const policies = (name: AlgorithmName) =>
  fc
    .tuple(fc.constantFrom(...scales.slice(0, name === "gcra" ? 2 : 3)), fc.constantFrom(2, 32, 512))
    .chain(([{ windowsMs, limits }, cells]) => {
      const units = fc.constantFrom(...limits);
      const rule = (windowMs: number) =>
        fc.tuple(units, units).map(([limit, most]): WindowRule => {
          const burst = name === "gcra" ? most : limit;
          return { name: "", limit, windowMs, burst, cells };
        });
      const rules = fc.subarray(windowsMs, { minLength: 1 }).chain((some) => fc.tuple(...some.map(rule)));
      return fc.tuple(fc.array(rules, { minLength: 2, maxLength: 3 }), fc.constant(windowsMs));
    });

const call = fc.record({
  policy: fc.nat(2),
  window: fc.nat(2),
  afterMs: fc.constantFrom("none", "none", "one", "window", "almost"),
  cost: fc.constantFrom(0, 1, 1, 2, 7, 50, 1e12),
  mode: fc.constantFrom("spend" as const, "spend" as const, "ask" as const),
  refunds: fc.option(fc.nat(5), { freq: 4, nil: undefined }),
  part: fc.constantFrom(1, 1, 0.5),
});

const told = ({ status, waitMs, windows }: CheckOutcome) => ({ status, waitMs, windows });

it.each(["log", "gcra", "fixed-window"] as const)(
  "a process decides by itself as a store would, whatever the plans, the costs and the numbers: %s",
  async (name) => {
    const given = policies(name).chain((chosen) => fc.tuple(fc.constant(chosen), fc.array(call, { maxLength: 60 })));
    await fc.assert(
      fc.asyncProperty(given, async ([[plans, windowsMs], calls]) => {
        let now = 4_000_000_000_000;
        const local = new LocalCounts(algorithms[name], 10, () => now);
        const store = createMemoryBackend();
        const receipts: { cost: number; rules: readonly WindowRule[]; here: CheckOutcome; there: CheckOutcome }[] = [];
        for (const { policy, window, afterMs, cost, mode, refunds, part } of calls) {
          const windowMs = windowsMs[window] as number;
          now += { none: 0, one: 1, window: windowMs, almost: windowMs - 1 }[afterMs] as number;
          const rules = plans[policy % plans.length] as readonly WindowRule[];
          const here = local.check("a", rules, cost, mode);
          const there = await store.run(limitScripts[name].check, ["{a}"], { cost, mode, rules }, { nowMs: now });
          if (there.status === "unreadable") throw new Error("unreadable");
          expect(told(here)).toEqual(told(there));
          if (here.status === "allowed" && mode === "spend" && cost > 0) receipts.push({ cost, rules, here, there });
          if (refunds === undefined || refunds >= receipts.length) continue;
          const [receipt] = receipts.splice(refunds, 1) as [(typeof receipts)[number]];
          const { cost: taken, rules: own } = receipt;
          const inputs = [receipt.here, receipt.there].map(({ born, at: takenAt }) => {
            return { cost: Math.ceil(taken * part), taken, born, takenAt, rules: own };
          }) as [RefundArguments, RefundArguments];
          local.refund("a", inputs[0]);
          await store.run(limitScripts[name].refund, ["{a}"], inputs[1], { nowMs: now });
        }
      }),
      { numRuns: 1_000 },
    );
  },
);
