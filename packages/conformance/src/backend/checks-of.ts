import type { Check } from "../check/check.ts";
import type { BackendSubject } from "./backend-subject.ts";

export type BackendCheck = Check<BackendSubject>;

/** The checks of one group, each under its title. */
export function checksOf(group: string, facts: Record<string, BackendCheck["run"]>): BackendCheck[] {
  return Object.entries(facts).map(([title, run]) => ({ group, title, run }));
}
