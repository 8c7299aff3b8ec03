import type { WindowRule } from "../algorithms/algorithm.ts";
import type { AlgorithmName } from "../algorithms/algorithms.ts";

interface Spending {
  readonly time: number;
  /** How far ahead the clock of its state was. */
  readonly aheadMs: number;
  readonly cost: number;
  /** How much of it was given back. */
  readonly back: number;
  readonly rules: readonly WindowRule[];
}

/**
 * What a window would hold if what was given back had never been taken: units, or for gcra the level of the bucket.
 */
export function heldBy(name: AlgorithmName, spendings: readonly Spending[], rule: WindowRule, now: number): number {
  const { windowMs } = rule;
  const own = spendings.filter(({ rules }) => rules.some((each) => each.windowMs === windowMs));
  if (name === "gcra") return levelAfter(own, rule, now);
  const endOf = ({ time, aheadMs }: Spending) => {
    return name === "log" ? time + windowMs : (Math.floor((time + aheadMs) / windowMs) + 1) * windowMs - aheadMs;
  };
  return own.reduce((sum, each) => (now < endOf(each) ? sum + each.cost - each.back : sum), 0);
}

function levelAfter(spendings: readonly Spending[], { windowMs, limit }: WindowRule, now: number): number {
  let level = 0;
  let at = 0;
  let pace = 0;
  const drain = (until: number, limitThen: number) => {
    // It drains by the pace of the plan that asks, and is empty when the plan of the last spending has decided.
    level = (until - at) * pace >= level ? 0 : Math.max(0, level - (until - at) * limitThen);
    at = until;
  };
  for (const { time, cost, back, rules } of spendings) {
    const own = rules.find((each) => each.windowMs === windowMs) as WindowRule;
    drain(time, own.limit);
    pace = own.limit;
    level += (cost - back) * windowMs;
  }
  drain(now, limit);
  return level;
}
