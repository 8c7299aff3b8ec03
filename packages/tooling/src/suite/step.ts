/** What a step proved: one count per test or check. */
export interface StepReport {
  readonly passed: number;
  readonly failed: number;
  /** What to show when something failed; a step that showed its output as it ran has none. */
  readonly output?: string;
}

/** One line of the summary: a tool that runs over the whole workspace, or the tests of one kind. */
export interface Step {
  readonly name: string;
  /** The steps whose results this one reads: where one of them failed, this one is a failure without being run. */
  readonly needs?: readonly string[];
  run(): Promise<StepReport>;
}

/** A step after its run. */
export interface StepResult extends StepReport {
  readonly name: string;
  readonly seconds: number;
}
