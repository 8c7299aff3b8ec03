import type { Algorithm } from "./algorithm.ts";

/** How full the bucket is, in units times window milliseconds so that all sums are whole, and when that was so. */
export interface BucketState {
  level: number;
  at: number;
}

/**
 * The generic cell rate algorithm as a leaky bucket: it holds `burst` units and drains `limit` of them a window, evenly.
 * Two numbers, whatever the traffic. In one window it may admit up to `burst + limit`.
 */
export const gcra: Algorithm<BucketState> = {
  letter: "g",
  hasBurst: true,
  create: () => ({ level: 0, at: 0 }),
  settle(state, { limit }, at) {
    state.level = Math.max(0, state.level - (at - state.at) * limit);
    state.at = at;
  },
  remaining: ({ level }, { burst, windowMs }) => Math.max(0, Math.floor((burst * windowMs - level) / windowMs)),
  waitMs({ level }, { limit, windowMs, burst }, cost) {
    return Math.max(0, Math.ceil((level - (burst - cost) * windowMs) / limit));
  },
  spend(state, { windowMs }, cost) {
    state.level += cost * windowMs;
  },
  refund(state, { limit, windowMs }, cost, spentAt, at) {
    // What has drained since may have been these units: only what can't have been is given back.
    state.level = Math.max(0, state.level - Math.max(0, cost * windowMs - (at - spentAt) * limit));
  },
  expiresAt: ({ level, at }, { limit }) => at + Math.ceil(level / limit),
  encode: ({ level, at }, born) => ({ first: level, second: at - born, rest: "" }),
  decode: ({ first, second }, _rule, born) => ({ level: first, at: born + second }),
};
