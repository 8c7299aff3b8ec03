import { runCommand } from "./run-command.ts";
import type { Step, StepReport } from "./step.ts";

/** One entry of size-limit's JSON report. */
interface MeasuredSize {
  readonly name: string;
  readonly passed?: boolean;
  /** Bytes. */
  readonly size?: number;
  /** Bytes. */
  readonly sizeLimit?: number;
}

/** Holds the bundled, minified and compressed size of each package to its limit in `.size-limit.mjs`. */
export const sizeStep: Step = {
  name: "size limits",
  needs: ["build"],
  async run() {
    const { succeeded, output } = await runCommand("size-limit", ["--json"]);
    return judgeSizes(output, succeeded);
  },
};

/**
 * Counts the report of size-limit, which has an entry for each limit.
 *
 * @param succeeded what its exit code said, in case there is no report
 */
export function judgeSizes(output: string, succeeded: boolean): StepReport {
  const json = /^\[\n.*^\]$/ms.exec(output)?.[0];
  if (json === undefined) return { passed: 0, failed: succeeded ? 0 : 1, output };
  const sizes = JSON.parse(json) as readonly MeasuredSize[];
  const tooLarge = sizes.filter(({ passed }) => passed !== true);
  return {
    passed: sizes.length - tooLarge.length,
    failed: tooLarge.length,
    output: tooLarge.map(({ name, size, sizeLimit }) => `${name}: ${size} bytes, the limit is ${sizeLimit}`).join("\n"),
  };
}
