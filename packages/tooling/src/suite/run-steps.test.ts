import { describe, expect, it } from "vitest";
import { runSteps, type StepListener } from "./run-steps.ts";
import type { Step } from "./step.ts";

const silent: StepListener = { started() {}, ended() {} };
const step = (name: string, passed: number, failed: number, needs: readonly string[] = []): Step => ({
  name,
  needs,
  run: async () => ({ passed, failed }),
});

describe("runSteps", () => {
  it("goes on after a failure, so that the summary is whole", async () => {
    const results = await runSteps([step("types", 0, 1), step("unit", 5, 0)], silent);
    expect(results).toMatchObject([
      { name: "types", passed: 0, failed: 1 },
      { name: "unit", passed: 5, failed: 0 },
    ]);
  });

  it("fails what reads a failed step's results without running it, and what reads that in turn", async () => {
    const ran: string[] = [];
    const watched = (name: string, needs: readonly string[]): Step => ({
      name,
      needs,
      run: async () => {
        ran.push(name);
        return { passed: 1, failed: 0 };
      },
    });
    const results = await runSteps(
      [step("build", 4, 1), watched("pack", ["build"]), watched("smoke", ["pack"])],
      silent,
    );
    expect(ran).toEqual([]);
    expect(results.map(({ failed }) => failed)).toEqual([1, 1, 1]);
    expect(results[2]?.output).toBe('Not run, because "pack" failed.');
  });

  it("fails a step that tested nothing", async () => {
    expect(await runSteps([step("parity", 0, 0)], silent)).toMatchObject([
      { failed: 1, output: "Nothing was tested." },
    ]);
  });

  it("fails a step that throws, and shows why", async () => {
    const throwing: Step = { name: "smoke", run: () => Promise.reject(new Error("no disk")) };
    const [result] = await runSteps([throwing], silent);
    expect(result).toMatchObject({ passed: 0, failed: 1 });
    expect(result?.output).toContain("no disk");
  });

  it("times each step and tells when it starts and ends", async () => {
    const told: string[] = [];
    let clock = 0;
    const slow: Step = {
      name: "build",
      run: async () => {
        clock += 1500;
        return { passed: 1, failed: 0 };
      },
    };
    const listener: StepListener = {
      started: ({ name }) => told.push(`start ${name}`),
      ended: ({ name, seconds }) => told.push(`end ${name} ${seconds}`),
    };
    await runSteps([slow], listener, () => clock);
    expect(told).toEqual(["start build", "end build 1.5"]);
  });
});
