import colors from "picocolors";
import type { StepResult } from "./step.ts";

/** The table at the end of a run, with a line for each step, and the totals on the last line. */
export function summarize(results: readonly StepResult[]): string {
  const width = Math.max("step".length, ...results.map(({ name }) => name.length));
  const line = (name: string, result: string, passed: string, seconds: string) =>
    `  ${name.padEnd(width)}  ${result.padEnd(10)}  ${passed.padStart(6)}  ${seconds.padStart(7)}`;
  const total = results.reduce((sum, { seconds }) => sum + seconds, 0);
  return [
    "",
    colors.bold(line("step", "result", "passed", "seconds")),
    ...results.map(({ name, passed, failed, seconds }) => {
      const text = line(name, failed > 0 ? `${failed} failed` : "passed", String(passed), seconds.toFixed(1));
      return failed > 0 ? colors.red(text) : text;
    }),
    colors.dim(line("in all", "", "", total.toFixed(1))),
    "",
    totals(results),
  ].join("\n");
}

/** `N passed, N failed`, without colour, for programs that read the end of the output. */
function totals(results: readonly StepResult[]): string {
  const sum = (key: "passed" | "failed") => results.reduce((count, result) => count + result[key], 0);
  return `${sum("passed")} passed, ${sum("failed")} failed`;
}
