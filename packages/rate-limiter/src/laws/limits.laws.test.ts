import { createMemoryBackend } from "@keyward/core";
import { ExactLog, limitedTraffic } from "@keyward/test-kit";
import { describe, expect, it } from "vitest";
import type { WindowRule } from "../algorithms/algorithm.ts";
import { algorithms } from "../algorithms/algorithms.ts";
import { LocalCounts } from "../local/local-counts.ts";
import type { CheckOutcome } from "../scripts/check.ts";
import { limitScripts } from "../scripts/limit-scripts.ts";

const seed = Number(process.env["KEYWARD_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
console.info(`seed ${seed}`);

/** Everything that is told of a check, apart from the clock. */
function told({ waitMs, windows }: CheckOutcome) {
  return {
    waitMs,
    remaining: windows.map(({ remaining }) => remaining),
    resetMs: windows.map(({ resetMs }) => resetMs),
  };
}

/** Calls of five callers, each with its rules and its model; their limits are up to twice the cells. */
function* traffic(given: number, count: number) {
  const { policies, calls } = limitedTraffic(given, count, 5, 64);
  const callers = policies.map((windows, index) => ({
    key: `{caller-${index}}`,
    rules: windows.map((window, order): WindowRule => {
      return { ...window, name: `${order}`, burst: window.limit, cells: 32 };
    }),
    model: new ExactLog(),
  }));
  for (const call of calls) yield { ...call, ...(callers[call.caller] as (typeof callers)[number]) };
}

describe("a limit of up to twice the precision is the exact sliding log", () => {
  it("in this process, in a million decisions", () => {
    let clock = 0;
    const limits = new LocalCounts(algorithms.log, 1_000, () => clock);
    let differences = 0;
    for (const { key, rules, model, cost, mode, now } of traffic(seed, 1_000_000)) {
      clock = now;
      const here = told(limits.check(key, rules, cost, mode));
      if (JSON.stringify(here) !== JSON.stringify(model.check(rules, cost, mode, now))) differences += 1;
    }
    expect(differences).toBe(0);
  });

  it("on the memory backend, in a hundred thousand", async () => {
    const backend = createMemoryBackend();
    for (const { key, rules, model, cost, mode, now } of traffic(seed + 1, 100_000)) {
      const outcome = await backend.run(limitScripts.log.check, [key], { rules, cost, mode }, { nowMs: now });
      if (outcome.status === "unreadable") throw new Error("unreadable");
      expect(told(outcome)).toEqual(model.check(rules, cost, mode, now));
    }
  });
});
