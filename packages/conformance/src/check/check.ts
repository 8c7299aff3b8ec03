/** One fact that must hold of a `Subject`. Knows nothing of a test runner, so that mutants can be run through it too. */
export interface Check<Subject> {
  readonly group: string;
  /** States the fact in the present tense. */
  readonly title: string;
  /** Rejects when the fact doesn't hold. */
  readonly run: (subject: Subject) => Promise<void>;
}
