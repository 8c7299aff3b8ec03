import type { Script } from "@keyward/core";
import { afterAll, beforeAll, describe } from "vitest";
import { registerChecks } from "../check/register-checks.ts";
import type { ScriptCases } from "./script-cases.ts";
import { scriptChecks } from "./script-checks.ts";
import type { ScriptHost } from "./script-host.ts";

export interface ScriptTargets {
  /** Returns the real Redis to compare with. Called before the first test. */
  readonly redis: () => ScriptHost | Promise<ScriptHost>;
  /** Called after the last test. */
  readonly close?: () => unknown;
}

/**
 * Registers the vitest tests that prove that the two twins of a script are equal.
 *
 * The same calls go to the memory twin and, as plain EVAL, to a real Redis. Both are at the same virtual time, which the script
 * gets as its store time. After each call, these must be the same: the raw and the decoded reply, or the error; and for every
 * key of the call its type, its whole content, and its remaining TTL to the millisecond.
 *
 * A failure prints the last steps, and a `KEYWARD_SEED` that runs the smallest counterexample again.
 */
export function testScript<Arguments, Reply>(
  script: Script<Arguments, Reply>,
  cases: ScriptCases<Arguments, Reply>,
  targets: ScriptTargets,
): void {
  describe(`the twins of ${script.name}`, () => {
    let host: ScriptHost;
    beforeAll(async () => {
      host = await targets.redis();
    });
    afterAll(() => targets.close?.());
    registerChecks(scriptChecks(script, cases), () => host);
  });
}
