import fc from "fast-check";
import { seedFromEnvironment } from "./seed.ts";

export interface HoldOptions {
  readonly numRuns: number;
  /** Stops at the first counterexample instead of looking for the smallest one. @default false */
  readonly endOnFailure?: boolean;
}

/** Long enough for thousands of calls on loopback. With a slow store, the test ends here with a result, not with a time-out. */
const mostMs = 20_000;

/** Rejects if `fact` doesn't hold for every value, with a counterexample and how to run it again. */
export async function holdForAll<Value>(
  values: fc.Arbitrary<Value>,
  fact: (value: Value) => Promise<void>,
  options: HoldOptions,
): Promise<void> {
  const details = await fc.check(fc.asyncProperty(values, fact), {
    ...seedFromEnvironment(),
    ...options,
    interruptAfterTimeLimit: mostMs,
    markInterruptAsFailure: true,
  });
  if (!details.failed) return;
  const replay = `KEYWARD_SEED=${details.seed}${details.counterexamplePath === null ? "" : `/${details.counterexamplePath}`}`;
  const reason =
    details.errorInstance instanceof Error
      ? details.errorInstance.message
      : `only ${details.numRuns} of ${options.numRuns} runs in ${mostMs} ms`;
  throw new Error(`${reason}\nfound in run ${details.numRuns}; run it again with ${replay}`, {
    cause: details.errorInstance,
  });
}
