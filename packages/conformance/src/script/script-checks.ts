import type { Script } from "@keyward/core";
import type { Check } from "../check/check.ts";
import { type HoldOptions, holdForAll } from "../check/hold-for-all.ts";
import { callOf } from "./script-call.ts";
import type { ScriptCases, TableStep } from "./script-cases.ts";
import type { ScriptHost } from "./script-host.ts";
import { sequencesOf } from "./sequences.ts";
import type { Step } from "./step.ts";
import { runTwins } from "./twin-run.ts";

/** The facts that `testScript` registers as tests, for running them in another way. */
export function scriptChecks<Arguments, Reply>(
  script: Script<Arguments, Reply>,
  cases: ScriptCases<Arguments, Reply>,
  options: Pick<HoldOptions, "endOnFailure"> = {},
): Check<ScriptHost>[] {
  const { tables = [], sequences = 100 } = cases;
  return [
    ...tables.map(({ title, steps }) => ({
      group: "tables",
      title,
      run: (host: ScriptHost) =>
        runTwins(
          host,
          steps.map((step) => plainStep(script, step)),
        ),
    })),
    {
      group: "random sequences",
      title: `both twins agree after every call of ${sequences} random sequences`,
      run: (host: ScriptHost) =>
        holdForAll(sequencesOf(script, cases), (steps) => runTwins(host, steps), { numRuns: sequences, ...options }),
    },
  ];
}

function plainStep<Arguments, Reply>(script: Script<Arguments, Reply>, step: TableStep<Arguments, Reply>): Step {
  if (step.kind === "other") return { kind: "call", call: step.call };
  if (step.kind !== "call") return step;
  const call = callOf(script, step.keys, step.input);
  return { kind: "call", call, ...(step.expected && { expected: step.expected }) };
}
