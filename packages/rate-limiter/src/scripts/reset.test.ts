import { createMemoryBackend } from "@keyward/core";
import { describe, expect, it } from "vitest";
import type { CheckOutcome } from "./check.ts";
import { limitScripts } from "./limit-scripts.ts";
import { reset } from "./reset.ts";

const keys = ["{caller}"];

/** A caller's state on a store of which the clock stands still until it is moved. */
function callerWith(limit: number, windowMs: number) {
  const backend = createMemoryBackend();
  const rules = [{ name: "", limit, windowMs, burst: limit, cells: 32 }];
  const clock = { now: 1_800_000_000_000 };
  const { check, refund } = limitScripts.log;
  return {
    clock,
    async check(): Promise<CheckOutcome> {
      const outcome = await backend.run(check, keys, { cost: 1, mode: "spend", rules }, { nowMs: clock.now });
      if (outcome.status === "unreadable") throw new Error("unreadable");
      return outcome;
    },
    refund({ born, at: takenAt }: CheckOutcome) {
      const input = { cost: 1, taken: 1, born, takenAt, rules };
      return backend.run(refund, keys, input, { nowMs: clock.now });
    },
    reset: () => backend.run(reset, keys, {}, { nowMs: clock.now }),
  };
}

describe("what was taken before a reset is not given back to what is taken after it", () => {
  it("within the millisecond in which the state was born", async () => {
    const caller = callerWith(1, 60_000);
    const before = await caller.check();
    await caller.reset();
    const after = await caller.check();
    expect(await caller.refund(before)).toBe("gone");
    expect((await caller.check()).status).toBe("refused");
    expect(await caller.refund(after)).toBe("done");
    expect((await caller.check()).status).toBe("allowed");
  });

  it("when all of it was given back in that millisecond", async () => {
    const caller = callerWith(1, 60_000);
    const before = await caller.check();
    await caller.reset();
    expect(await caller.refund(await caller.check())).toBe("done");
    await caller.check();
    expect(await caller.refund(before)).toBe("gone");
  });

  it("when all of it has expired in the next one", async () => {
    const caller = callerWith(1, 1);
    await caller.check();
    await caller.reset();
    const between = await caller.check();
    caller.clock.now += 1;
    expect((await caller.check()).status).toBe("allowed");
    expect(await caller.refund(between)).toBe("done");
    expect((await caller.check()).status).toBe("refused");
  });

  it("however many resets there are in it", async () => {
    const caller = callerWith(1, 1);
    const all: CheckOutcome[] = [];
    for (let count = 0; count < 20; count += 1) {
      if (count % 4 === 3) caller.clock.now += 1;
      for (const receipt of all.splice(0)) expect(await caller.refund(receipt)).toBe("gone");
      all.push(await caller.check());
      await caller.reset();
    }
  });
});
