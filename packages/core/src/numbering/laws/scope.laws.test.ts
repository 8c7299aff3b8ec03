import fc from "fast-check";
import { it } from "vitest";
import { ScopeModel } from "../fixtures/scope-model.ts";

const type = fc.constantFrom("HOST", "USER");
const value = fc.constantFrom("a", "b", "c", "d", "e");
const number = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1_001, max: 1_012 }));
const durations = [1, 499, 500, 999, 1_000, 1_001, 1_999, 2_000, 2_001, 5_000];

type Step = (scope: ScopeModel) => Promise<void> | void;

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    arbitrary: fc.array(fc.tuple(type, value), { minLength: 1, maxLength: 4 }).map(
      (originals): Step =>
        (scope) =>
          scope.assign(originals),
    ),
    weight: 8,
  },
  {
    arbitrary: fc.array(fc.tuple(type, value), { minLength: 1, maxLength: 3 }).map(
      (originals): Step =>
        (scope) =>
          scope.replace(originals),
    ),
    weight: 2,
  },
  {
    arbitrary: fc.tuple(type, number).map(
      ([of, at]): Step =>
        (scope) =>
          scope.resolve(of, at),
    ),
    weight: 5,
  },
  {
    arbitrary: fc.constantFrom(...durations).map(
      (ms): Step =>
        (scope) =>
          scope.wait(ms),
    ),
    weight: 6,
  },
  {
    arbitrary: fc.tuple(type, value).map(
      ([of, what]): Step =>
        (scope) =>
          scope.forget(of, what),
    ),
    weight: 2,
  },
  {
    arbitrary: fc.tuple(type, number).map(
      ([of, at]): Step =>
        (scope) =>
          scope.forgetNumber(of, at),
    ),
    weight: 2,
  },
  { arbitrary: fc.constant<Step>((scope) => scope.forgetAll()), weight: 1 },
  {
    arbitrary: fc.constantFrom("counters", "a", "b").map(
      (part): Step =>
        (scope) =>
          scope.lose(part as "a"),
    ),
    weight: 2,
  },
  { arbitrary: fc.constant<Step>((scope) => scope.failOver()), weight: 1 },
);

it("whatever happens, no number is given out twice, living mappings keep theirs, and both directions agree", async () => {
  const steps = fc.array(step, { minLength: 1, maxLength: 60, size: "max" });
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const scope = new ScopeModel();
      for (const next of all) await next(scope);
    }),
    { numRuns: 300 },
  );
});
