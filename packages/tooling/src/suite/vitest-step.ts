import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "./run-command.ts";
import type { Step, StepReport } from "./step.ts";

/** Which test files a step runs. */
export interface VitestSelection {
  /** Parts of their paths. */
  readonly filters?: readonly string[];
  /** Globs of those that other steps run. */
  readonly exclude?: readonly string[];
  /**
   * How many files run at a time: more than there are processors for those that mostly wait, one for those that start
   * many processes of their own.
   *
   * @default as many as there are processors; vitest itself would leave one idle
   */
  readonly workers?: number;
  /**
   * Whether files share a process and what they import, which saves a third of the time where most of it is loading.
   *
   * @default false
   */
  readonly shared?: boolean;
  /** As in {@link Step}. */
  readonly needs?: readonly string[];
}

/** A step that runs test files and counts their tests. A test that skipped itself counts as failed. */
export function vitestStep(name: string, selection: VitestSelection): Step {
  const { filters = [], exclude = [], workers = availableParallelism(), shared = false, needs } = selection;
  return {
    name,
    ...(needs && { needs }),
    async run() {
      const folder = mkdtempSync(join(tmpdir(), "keyward-vitest-"));
      const reportPath = join(folder, "report.json");
      try {
        const { succeeded } = await runCommand(
          "vitest",
          [
            "run",
            ...["--config", "vitest.workspace.ts"],
            ...["--reporter=dot", "--reporter=json", `--outputFile.json=${reportPath}`],
            ...exclude.flatMap((glob) => ["--exclude", glob]),
            ...(shared ? ["--no-isolate"] : []),
            `--maxWorkers=${workers}`,
            ...filters,
          ],
          { output: "show" },
        );
        return countTests(readFileSync(reportPath, "utf8"), succeeded);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

/** The parts of vitest's JSON report that are counted. */
interface VitestReport {
  readonly numTotalTests: number;
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/**
 * Counts a report of vitest's JSON reporter; a file that failed as a whole, such as one that doesn't load, counts as one.
 *
 * @param succeeded what vitest's exit code said: it also fails for an unhandled error, with every test passed
 */
export function countTests(json: string, succeeded: boolean): StepReport {
  const { numTotalTests, numPassedTests, testResults } = JSON.parse(json) as VitestReport;
  const failedFiles = testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && assertionResults.every((assertion) => assertion.status !== "failed"),
  );
  const failed = numTotalTests - numPassedTests + failedFiles.length;
  return { passed: numPassedTests, failed: succeeded ? failed : Math.max(failed, 1) };
}
