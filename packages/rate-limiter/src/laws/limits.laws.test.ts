import { createMemoryBackend } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { algorithms } from "../algorithms/algorithms.ts";
import { LocalCounts } from "../local/local-counts.ts";
import type { CheckOutcome } from "../scripts/check-reply.ts";
import { scripts } from "../scripts/scripts.ts";
import { ExactLog } from "./exact-log.ts";
import { type Call, traffic } from "./traffic.ts";

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

function localLimits() {
  let now = 0;
  const limits = new LocalCounts(algorithms.log, 1_000, () => now);
  return (call: Call): CheckOutcome => {
    now = call.now;
    return limits.check(call.key, call.rules, call.cost, call.mode);
  };
}

describe("a limit of up to twice the precision is the exact sliding log", () => {
  it("in this process, in a million decisions", () => {
    const check = localLimits();
    const models = new Map<string, ExactLog>();
    let differences = 0;
    for (const call of traffic(seed, 1_000_000, 64, 32)) {
      const model = models.get(call.key) ?? new ExactLog();
      models.set(call.key, model);
      const expected = model.check(call.rules, call.cost, call.mode, call.now);
      if (JSON.stringify(told(check(call))) !== JSON.stringify(expected)) differences += 1;
    }
    expect(differences).toBe(0);
  });

  it("on the memory backend, in a hundred thousand", async () => {
    const backend = createMemoryBackend();
    const models = new Map<string, ExactLog>();
    for (const call of traffic(seed + 1, 100_000, 64, 32)) {
      const { key, rules, cost, mode, now } = call;
      const model = models.get(key) ?? new ExactLog();
      models.set(key, model);
      const outcome = await backend.run(scripts.log.check, [`{${key}}`], { rules, cost, mode }, { nowMs: now });
      if (outcome.status === "unreadable") throw new Error("unreadable");
      expect(told(outcome)).toEqual(model.check(rules, cost, mode, now));
    }
  });
});
