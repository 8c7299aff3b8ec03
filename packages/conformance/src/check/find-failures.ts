import type { Check } from "./check.ts";

export interface Failure {
  readonly group: string;
  readonly title: string;
  readonly error: unknown;
}

/** Runs checks one after the other, without a test runner, and returns those that fail. */
export async function findFailures<Subject>(
  checks: readonly Check<Subject>[],
  subject: Subject,
  options: { readonly stopAtFirst?: boolean } = {},
): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (const { group, title, run } of checks) {
    try {
      await run(subject);
    } catch (error) {
      failures.push({ group, title, error });
      if (options.stopAtFirst) break;
    }
  }
  return failures;
}
