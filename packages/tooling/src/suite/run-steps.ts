import type { Step, StepReport, StepResult } from "./step.ts";

/** What {@link runSteps} reports while it runs. */
export interface StepListener {
  started(step: Step): void;
  ended(result: StepResult): void;
}

/**
 * Runs the steps one after another, to the end, so that the summary is complete. Only steps that need the results of a failed one
 * aren't run; they count as failures.
 *
 * A step without any result, neither passed nor failed, is a failure too, since a suite that lost its tests mustn't look green.
 *
 * @param now milliseconds on a monotonic clock
 */
export async function runSteps(
  steps: readonly Step[],
  listener: StepListener,
  now: () => number = () => performance.now(),
): Promise<readonly StepResult[]> {
  const results: StepResult[] = [];
  for (const step of steps) {
    listener.started(step);
    const startedAt = now();
    const broken = step.needs?.find((name) => results.some((result) => result.name === name && result.failed > 0));
    const report = broken ? notRun(broken) : await runGuarded(step);
    const result = { ...report, name: step.name, seconds: (now() - startedAt) / 1000 };
    results.push(result);
    listener.ended(result);
  }
  return results;
}

async function runGuarded(step: Step): Promise<StepReport> {
  try {
    const report = await step.run();
    if (report.passed + report.failed > 0) return report;
    return { ...report, failed: 1, output: `${report.output ?? ""}\nNothing was tested.`.trimStart() };
  } catch (error) {
    return { passed: 0, failed: 1, output: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function notRun(broken: string): StepReport {
  return { passed: 0, failed: 1, output: `Not run, because "${broken}" failed.` };
}
