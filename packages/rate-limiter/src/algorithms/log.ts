import type { Algorithm, WindowRule } from "./algorithm.ts";

/** What was taken and when, oldest first, from `first` on: time, units, time, units. */
export interface LogState {
  used: number;
  first: number;
  pairs: number[];
}

const pairPattern = /(\d+)(?:,(\d+))?;/g;

/**
 * A sliding log of bounded size. A limit of up to 2N units has every spending with its time. A higher one keeps a pair for
 * each cell of window / N, at the **latest** time in it: so no unit ever counts for less than a window, and what was taken
 * early in a cell comes back less than window / N late.
 */
export const log: Algorithm<LogState> = {
  letter: "l",
  hasBurst: false,
  create: () => ({ used: 0, first: 0, pairs: [] }),
  settle(state, { windowMs }, at) {
    const { pairs } = state;
    let { first } = state;
    while (first < pairs.length && (pairs[first] as number) + windowMs <= at) {
      state.used -= pairs[first + 1] as number;
      first += 2;
    }
    if (first === state.first) return;
    // What is behind goes when it is the greater part, so that each pair is moved once on average.
    if (first * 2 >= pairs.length) {
      pairs.copyWithin(0, first);
      pairs.length -= first;
      first = 0;
    }
    state.first = first;
  },
  remaining: (state, { limit }) => Math.max(0, limit - state.used),
  waitMs({ used, first, pairs }, { limit, windowMs }, cost, at) {
    let over = used + cost - limit;
    for (let index = first; over > 0; index += 2) {
      over -= pairs[index + 1] as number;
      if (over <= 0) return (pairs[index] as number) + windowMs - at;
    }
    return 0;
  },
  spend(state, rule, cost, at) {
    const { pairs } = state;
    const last = pairs.length - 2;
    if (last >= state.first && isOneCell(rule, pairs[last] as number, at)) {
      pairs[last] = at;
      pairs[last + 1] = (pairs[last + 1] as number) + cost;
    } else if (pairs.length === 0) {
      // An array that grows makes room for sixteen; most callers come once.
      state.pairs = [at, cost];
    } else {
      pairs.push(at, cost);
    }
    state.used += cost;
  },
  refund(state, { windowMs }, { cost, takenAt }, at) {
    // The pair that held them is gone then, and the first after it is someone else's.
    if (takenAt + windowMs <= at) return;
    const { pairs } = state;
    let index = state.first;
    while (index < pairs.length && (pairs[index] as number) < takenAt) index += 2;
    if (index === pairs.length) return;
    const units = pairs[index + 1] as number;
    const given = Math.min(units, cost);
    state.used -= given;
    if (given < units) pairs[index + 1] = units - given;
    else pairs.splice(index, 2);
  },
  expiresAt: ({ first, pairs }, { windowMs }) =>
    first === pairs.length ? 0 : (pairs[pairs.length - 2] as number) + windowMs,
  encode({ used, first, pairs }, born) {
    const last = pairs.length - 2;
    let rest = "";
    for (let index = first; index < last; index += 2) {
      const units = pairs[index + 1] as number;
      rest += `${(pairs[index] as number) - born}${units === 1 ? "" : `,${units}`};`;
    }
    return { first: used, second: last < first ? 0 : (pairs[last + 1] as number), rest };
  },
  decode({ first, second, rest }, { windowMs }, born, expiresAt) {
    const pairs: number[] = [];
    for (const [, time, units = "1"] of rest.matchAll(pairPattern)) pairs.push(born + Number(time), Number(units));
    pairs.push(expiresAt - windowMs, second);
    return { used: first, first: 0, pairs };
  },
};

/** Whether the cell that `at` is in had begun at `time` already. */
function isOneCell({ limit, windowMs, cells }: WindowRule, time: number, at: number): boolean {
  if (time === at) return true;
  if (limit <= 2 * cells) return false;
  const scaled = at * cells;
  return time * cells >= scaled - (scaled % windowMs);
}
