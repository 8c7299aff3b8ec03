import { describe, it } from "vitest";
import type { Check } from "./check.ts";

/** Independent of the project's own setting, because a real store may take its time. */
const mostMs = 60_000;

/** Registers each check as a vitest test, in a `describe` for its group. */
export function registerChecks<Subject>(checks: readonly Check<Subject>[], subject: () => Subject): void {
  for (const group of new Set(checks.map((check) => check.group))) {
    describe(group, () => {
      for (const check of checks) if (check.group === group) it(check.title, () => check.run(subject()), mostMs);
    });
  }
}
