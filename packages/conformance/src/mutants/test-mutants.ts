import type { Script } from "@keyward/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findFailures } from "../check/find-failures.ts";
import type { ScriptCases } from "../script/script-cases.ts";
import { scriptChecks } from "../script/script-checks.ts";
import type { ScriptHost } from "../script/script-host.ts";
import type { ScriptTargets } from "../script/test-script.ts";
import { TwinDisagreement } from "../script/twin-disagreement.ts";
import { mutate, type ScriptMutant } from "./script-mutant.ts";

const mostMs = 60_000;
/** How many times as many sequences as usual to run, since a defect may show in only a few. The first that finds it ends the search. */
const persistence = 10;

/**
 * Registers a vitest test for each mutant, which proves that the cases of the script find its defect. If no case finds it,
 * the cases leave something out.
 */
export function testMutants<Arguments, Reply>(
  script: Script<Arguments, Reply>,
  mutants: readonly ScriptMutant[],
  cases: ScriptCases<Arguments, Reply>,
  targets: ScriptTargets,
): void {
  describe(`mutants of ${script.name} are found`, () => {
    let host: ScriptHost;
    beforeAll(async () => {
      host = await targets.redis();
    });
    afterAll(() => targets.close?.());
    const { sequences = 100 } = cases;
    for (const mutant of mutants) {
      const more = { ...cases, sequences: persistence * sequences };
      const checks = scriptChecks(mutate(script, mutant), more, { endOnFailure: true });
      const find = async () => {
        const [failure] = await findFailures(checks, host, { stopAtFirst: true });
        expect(failure, "none of the cases shows it").toBeDefined();
        // Otherwise trouble with the host, or too little time, would look as if the defect were found.
        const error = failure?.error;
        expect([error, (error as Error).cause]).toContainEqual(expect.any(TwinDisagreement));
      };
      it(mutant.defect, find, mostMs);
    }
  });
}
