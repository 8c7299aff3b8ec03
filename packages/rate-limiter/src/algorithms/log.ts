import type { Algorithm, WindowRule } from "./algorithm.ts";

/** What was taken and when, oldest first, from `first` on: time, units, time, units. */
export interface LogState {
  used: number;
  first: number;
  pairs: number[];
}

const pairPattern = /(\d+)(?:,(\d+))?;/g;

/**
 * A sliding log of bounded size. While it is short it holds every spending with its time. When it has grown to 2N pairs,
 * those that fall into one cell of window / N become one, at the **latest** time among them: so no unit ever counts for
 * less than a window, and the capacity of a merged one comes back less than window / N late.
 */
export const log: Algorithm<LogState> = {
  letter: "l",
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
    if (state.pairs.length - state.first >= 4 * rule.cells) merge(state, rule);
    state.pairs.push(at, cost);
    state.used += cost;
  },
  refund(state, _rule, cost, spentAt) {
    const { pairs } = state;
    let index = state.first;
    while (index < pairs.length && (pairs[index] as number) < spentAt) index += 2;
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
    let rest = "";
    for (let index = first; index < pairs.length; index += 2) {
      const units = pairs[index + 1] as number;
      rest += `${(pairs[index] as number) - born}${units === 1 ? "" : `,${units}`};`;
    }
    return { first: used, second: (pairs.length - first) / 2, rest };
  },
  decode({ first, rest }, born) {
    const pairs: number[] = [];
    for (const [, time, units = "1"] of rest.matchAll(pairPattern)) pairs.push(born + Number(time), Number(units));
    return { used: first, first: 0, pairs };
  },
};

function merge(state: LogState, { windowMs, cells }: WindowRule): void {
  const { pairs } = state;
  let end = 0;
  let lastCell = Number.NaN;
  for (let index = state.first; index < pairs.length; index += 2) {
    const time = pairs[index] as number;
    const units = pairs[index + 1] as number;
    const cell = Math.floor((time * cells) / windowMs);
    if (cell === lastCell) {
      pairs[end - 2] = time;
      pairs[end - 1] = (pairs[end - 1] as number) + units;
    } else {
      pairs[end] = time;
      pairs[end + 1] = units;
      end += 2;
    }
    lastCell = cell;
  }
  pairs.length = end;
  state.first = 0;
}
