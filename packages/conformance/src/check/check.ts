/** One fact that must hold for a `Subject`. It knows no test runner, so that it can also be run on mutants. */
export interface Check<Subject> {
  readonly group: string;
  /** States the fact in the present tense. */
  readonly title: string;
  /** Rejects if the fact doesn't hold. */
  readonly run: (subject: Subject) => Promise<void>;
}
