import { describe, expect, it } from "vitest";
import { countTests } from "./vitest-step.ts";

const report = (numTotalTests: number, numPassedTests: number) => JSON.stringify({ numTotalTests, numPassedTests });

describe("countTests", () => {
  it("counts the tests that passed", () => {
    expect(countTests(report(7, 7), true)).toEqual({ passed: 7, failed: 0 });
  });

  it("counts a skipped test as failed, though vitest is content", () => {
    expect(countTests(report(7, 6), true)).toEqual({ passed: 6, failed: 1 });
  });

  it("reports a failure where every test passed and a file didn't load", () => {
    expect(countTests(report(7, 7), false)).toEqual({ passed: 7, failed: 1 });
  });
});
