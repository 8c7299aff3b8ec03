/** What came of a step: one count for each test or check. */
export interface StepReport {
  readonly passed: number;
  readonly failed: number;
  /** What to show if something failed. Left out by a step that shows its output as it runs. */
  readonly output?: string;
}

/** One line of the summary: a tool that checks the whole workspace, or the tests of one kind. */
export interface Step {
  readonly name: string;
  /** The steps whose results this one needs. If one of them failed, this one isn't run and counts as a failure. */
  readonly needs?: readonly string[];
  run(): Promise<StepReport>;
}

/** A step after its run. */
export interface StepResult extends StepReport {
  readonly name: string;
  readonly seconds: number;
}
