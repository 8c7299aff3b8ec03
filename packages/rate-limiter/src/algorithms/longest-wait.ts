import type { Algorithm, WindowRule } from "./algorithm.ts";

/**
 * How many milliseconds until `cost` fits into every window at once if nothing else is taken: 0 if it fits now, -1 if it never
 * will, because it is more than one of the windows can hold.
 *
 * @param waitMs how long the caller is blocked in any case
 */
export function longestWait<State>(
  algorithm: Algorithm<State>,
  rules: readonly WindowRule[],
  states: readonly State[],
  cost: number,
  at: number,
  waitMs: number,
): number {
  let longest = waitMs;
  for (let index = 0; index < rules.length; index += 1) {
    const rule = rules[index] as WindowRule;
    if (cost > rule.burst) return -1;
    longest = Math.max(longest, algorithm.waitMs(states[index] as State, rule, cost, at));
  }
  return longest;
}
