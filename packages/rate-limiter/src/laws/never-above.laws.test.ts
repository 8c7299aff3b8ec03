import fc from "fast-check";
import { expect, it } from "vitest";
import { algorithms } from "../algorithms/algorithms.ts";
import { LocalLimits } from "../local/local-limits.ts";

interface Arrival {
  readonly afterMs: number;
  readonly cost: number;
  /** Which admission is given back, counted from the latest. */
  readonly refunds: number | undefined;
}

const arrivals = fc.array(
  fc.record<Arrival>({
    afterMs: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(60), fc.nat(1_200)),
    cost: fc.oneof({ arbitrary: fc.constant(1), weight: 5 }, { arbitrary: fc.integer({ min: 1, max: 30 }), weight: 1 }),
    refunds: fc.option(fc.nat(20), { freq: 2, nil: undefined }),
  }),
  { minLength: 1, maxLength: 400, size: "max" },
);
const policy = fc.record({
  limit: fc.integer({ min: 1, max: 300 }),
  windowMs: fc.constantFrom(7, 100, 1_000, 1_001),
  cells: fc.constantFrom(2, 3, 32),
});

/** Sends the arrivals to a log of its own, and tells what it admitted for good. */
function admit({ limit, windowMs, cells }: { limit: number; windowMs: number; cells: number }, traffic: Arrival[]) {
  let now = 1_700_000_000_000;
  const limits = new LocalLimits(algorithms.log, 10, () => now);
  const rules = [{ name: "", limit, windowMs, burst: limit, cells }];
  const admitted: { time: number; units: number; born: number }[] = [];
  const refusals: { time: number; cost: number; waitMs: number }[] = [];
  for (const { afterMs, cost, refunds } of traffic) {
    now += afterMs;
    const outcome = limits.check("a", rules, cost, "spend");
    if (outcome.status === "allowed") admitted.push({ time: now, units: cost, born: outcome.born });
    else if (Number.isFinite(outcome.waitMs)) refusals.push({ time: now, cost, waitMs: outcome.waitMs });
    if (refunds === undefined || refunds >= admitted.length) continue;
    const [given] = admitted.splice(-1 - refunds, 1) as [(typeof admitted)[number]];
    const { units, born, time: takenAt } = given;
    limits.refund("a", { cost: units, taken: units, born, takenAt, rules });
  }
  return { admitted, refusals };
}

const takenIn = (admitted: readonly { time: number; units: number }[], from: number, to: number) =>
  admitted.reduce((sum, { time, units }) => (time > from && time <= to ? sum + units : sum), 0);

it("no window ever holds more than the limit, whatever the traffic, the limit and the refunds", () => {
  fc.assert(
    fc.property(policy, arrivals, (rule, traffic) => {
      const { admitted } = admit(rule, traffic);
      for (const { time } of admitted) {
        expect(takenIn(admitted, time - rule.windowMs, time)).toBeLessThanOrEqual(rule.limit);
      }
    }),
    { numRuns: 2_000 },
  );
});

it("what is refused would have been too much a cell earlier, at the latest", () => {
  fc.assert(
    fc.property(policy, arrivals, (rule, traffic) => {
      const { admitted, refusals } = admit(
        rule,
        traffic.map((arrival) => ({ ...arrival, refunds: undefined })),
      );
      const lateMs = rule.limit > 2 * rule.cells ? rule.windowMs / rule.cells : 0;
      for (const { time, cost } of refusals) {
        expect(takenIn(admitted, time - rule.windowMs - lateMs, time) + cost).toBeGreaterThan(rule.limit);
      }
    }),
    { numRuns: 1_000 },
  );
});

it("the time that a refusal gives is the first at which its cost fits", () => {
  fc.assert(
    fc.property(policy, arrivals, fc.integer({ min: 1, max: 30 }), (rule, traffic, cost) => {
      let now = 1_700_000_000_000;
      const limits = new LocalLimits(algorithms.log, 10, () => now);
      const rules = [{ name: "", burst: rule.limit, ...rule }];
      for (const arrival of traffic) {
        now += arrival.afterMs;
        limits.check("a", rules, arrival.cost, "spend");
      }
      const { waitMs } = limits.check("a", rules, cost, "ask");
      fc.pre(waitMs > 0 && waitMs < Number.POSITIVE_INFINITY);
      now += waitMs - 1;
      expect(limits.check("a", rules, cost, "ask").status).toBe("refused");
      now += 1;
      expect(limits.check("a", rules, cost, "ask").status).toBe("allowed");
    }),
  );
});
