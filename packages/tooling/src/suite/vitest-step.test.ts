import { describe, expect, it } from "vitest";
import { countTests } from "./vitest-step.ts";

/** A report of one file, with a test for each of `statuses`. */
function report(statuses: readonly string[], fileStatus = "passed"): string {
  return JSON.stringify({
    numTotalTests: statuses.length,
    numPassedTests: statuses.filter((status) => status === "passed").length,
    testResults: [{ status: fileStatus, assertionResults: statuses.map((status) => ({ status })) }],
  });
}

describe("countTests", () => {
  it("counts the tests that passed", () => {
    expect(countTests(report(["passed", "passed"]), true)).toEqual({ passed: 2, failed: 0 });
  });

  it("counts the tests that failed, and not their file besides", () => {
    expect(countTests(report(["passed", "failed"], "failed"), false)).toEqual({ passed: 1, failed: 1 });
  });

  it("counts a skipped test as failed, though vitest is content", () => {
    expect(countTests(report(["passed", "skipped"]), true)).toEqual({ passed: 1, failed: 1 });
  });

  it("counts a file that didn't load", () => {
    expect(countTests(report([], "failed"), false)).toEqual({ passed: 0, failed: 1 });
  });

  it("reports a failure where every test passed and something else went wrong", () => {
    expect(countTests(report(["passed"]), false)).toEqual({ passed: 1, failed: 1 });
  });
});
