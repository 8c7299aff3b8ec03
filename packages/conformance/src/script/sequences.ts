import type { Script } from "@keyward/core";
import fc from "fast-check";
import { callOf, type ScriptCall } from "./script-call.ts";
import type { ScriptCases } from "./script-cases.ts";
import type { Step, TimeStep } from "./step.ts";

/**
 * Random sequences of calls, with time and disturbances between them.
 *
 * Time mostly moves to where twins differ: to a stored deadline, or 1 ms before or after it. Otherwise it stands still, or moves
 * by one of the script's own durations, give or take 1 ms.
 */
export function sequencesOf<Arguments, Reply>(
  script: Script<Arguments, Reply>,
  cases: ScriptCases<Arguments, Reply>,
): fc.Arbitrary<Step[]> {
  const own = cases.calls.map(({ keys, input }) => callOf(script, keys, input));
  const call: fc.Arbitrary<ScriptCall> = cases.others
    ? fc.oneof({ arbitrary: own, weight: 3 }, { arbitrary: cases.others, weight: 2 })
    : own;
  const round: fc.Arbitrary<Step[]> = fc
    .tuple(
      timeSteps(cases.durationsMs ?? []),
      cases.disturbances ? fc.option(cases.disturbances, { freq: 5, nil: undefined }) : fc.constant(undefined),
      call,
    )
    .map(([time, disturbance, call]) => [
      ...(time ? [time] : []),
      ...(disturbance ? [disturbance] : []),
      { kind: "call", call },
    ]);
  return fc.array(round, { minLength: 1, maxLength: cases.longest ?? 20, size: "max" }).map((rounds) => rounds.flat());
}

function timeSteps(durationsMs: readonly number[]): fc.Arbitrary<TimeStep | undefined> {
  const nudge = fc.constantFrom(-1, 0, 1);
  const longest = Math.max(1000, ...durationsMs);
  const wait = (arbitrary: fc.Arbitrary<number>) => arbitrary.map((ms): TimeStep => ({ kind: "wait", ms }));
  const deadline = fc.record({
    kind: fc.constant("deadline" as const),
    of: fc.nat({ max: 9 }),
    offsetMs: nudge,
  });
  return fc.oneof(
    { arbitrary: fc.constant(undefined), weight: 6 },
    { arbitrary: deadline, weight: 6 },
    { arbitrary: wait(fc.constantFrom(1, 2)), weight: 1 },
    { arbitrary: wait(fc.integer({ min: 0, max: 2 * longest })), weight: 1 },
    ...(durationsMs.length === 0
      ? []
      : [
          {
            arbitrary: wait(
              fc.tuple(fc.constantFrom(...durationsMs), nudge).map(([duration, by]) => Math.max(0, duration + by)),
            ),
            weight: 4,
          },
        ]),
  );
}
