export type { Check } from "./check/check.ts";
export { type Failure, findFailures } from "./check/find-failures.ts";
export type { Expected } from "./script/expected.ts";
export { callOf, type ScriptCall } from "./script/script-call.ts";
export type { ScriptCases, ScriptInput, ScriptTable, TableStep } from "./script/script-cases.ts";
export { scriptChecks } from "./script/script-checks.ts";
export type { ScriptHost } from "./script/script-host.ts";
export type { Disturbance, TimeStep } from "./script/step.ts";
export { type ScriptTargets, testScript } from "./script/test-script.ts";
