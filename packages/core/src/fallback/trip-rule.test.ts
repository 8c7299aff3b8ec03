import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TripRule } from "./trip-rule.ts";

/** A rule that has seen so many answers and failures, never five failures in a row. */
function ruleAfter(answers: number, failures: number, nowMs = 0): { rule: TripRule; last: string | undefined } {
  const rule = new TripRule();
  const each = Math.ceil(answers / failures);
  let left = answers;
  let last: string | undefined;
  for (let failure = 0; failure < failures; failure += 1) {
    for (let count = 0; count < each && left > 0; count += 1, left -= 1) rule.noteAnswer(nowMs, 1, "get");
    last = rule.noteFailure(nowMs);
  }
  return { rule, last };
}

describe("TripRule", () => {
  it("trips at the fifth failure in a row, and not if an answer comes between", () => {
    const rule = new TripRule();
    for (let count = 0; count < 4; count += 1) expect(rule.noteFailure(0)).toBeUndefined();
    rule.noteAnswer(0, 1, "get");
    for (let count = 0; count < 4; count += 1) expect(rule.noteFailure(0)).toBeUndefined();
    expect(rule.noteFailure(0)).toBe("consecutive-failures");
  });

  it("trips at the fifth refusal in a row of one operation, whatever becomes of others", () => {
    const rule = new TripRule();
    const refuse = (operation: string) => {
      const reason = rule.noteFailure(0, operation);
      rule.noteAnswer(0, 1, "get");
      return reason;
    };
    for (let count = 0; count < 4; count += 1) expect(refuse("set")).toBeUndefined();
    rule.noteAnswer(0, 1, "set");
    for (let count = 0; count < 4; count += 1)
      expect([refuse("set"), refuse("delete")]).toEqual([undefined, undefined]);
    expect(refuse("set")).toBe("consecutive-failures");
  });

  it.each([
    [95, 5, "error-rate"],
    [94, 5, undefined],
    [96, 4, undefined],
    [494, 5, "error-rate"],
    [495, 5, undefined],
    [593, 6, "error-rate"],
    [594, 6, undefined],
  ])("with %i answers and %i failures says %s", (answers, failures, reason) => {
    expect(ruleAfter(answers, failures).last).toBe(reason);
  });

  it("is near from more than one failure in two hundred", () => {
    expect(ruleAfter(994, 5).rule.isNear(0)).toBe(true);
    expect(ruleAfter(995, 5).rule.isNear(0)).toBe(false);
  });

  it("forgets what is thirty seconds old, and nothing younger than twenty-nine", () => {
    const { rule } = ruleAfter(90, 4, 500);
    expect(rule.read(29_999)).toMatchObject({ calls: 94, errors: 4, meanMs: 1 });
    expect(rule.read(30_000)).toEqual({ calls: 0, errors: 0, meanMs: undefined });
  });

  it("counts as a list of all calls would, whatever the times", () => {
    const step = fc.record({ passMs: fc.integer({ min: 0, max: 12_000 }), fails: fc.boolean() });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), fc.array(step, { maxLength: 300 }), (startMs, steps) => {
        const rule = new TripRule();
        const seen: { second: number; fails: boolean }[] = [];
        let [now, inARow] = [startMs, 0];
        for (const { passMs, fails } of steps) {
          now += passMs;
          const second = Math.floor(now / 1_000);
          seen.push({ second, fails });
          inARow = fails ? inARow + 1 : 0;
          const recent = seen.filter((call) => call.second > second - 30);
          const errors = recent.filter((call) => call.fails).length;
          const tooMany = recent.length >= 100 && errors >= 5 && errors / recent.length > 0.01;
          const expected = inARow >= 5 ? "consecutive-failures" : tooMany ? "error-rate" : undefined;
          if (fails) expect(rule.noteFailure(now)).toBe(expected);
          else rule.noteAnswer(now, 1, "get");
          expect(rule.read(now)).toMatchObject({ calls: recent.length, errors });
        }
      }),
    );
  });
});
