import type { Algorithm } from "./algorithm.ts";

/** How full the bucket is, in units times window milliseconds so that all sums are whole. */
export interface BucketState {
  /**
   * The level as it was last written and when that was; how much drains in a millisecond by the plan of that spending (its pace);
   * and since when all spendings have had that pace.
   */
  level: number;
  at: number;
  pace: number;
  since: number;
  /** The same as it would be written now. Asking writes nothing, since the next to take may have a plan with another pace. */
  left: number;
  now: number;
  paceNow: number;
  sinceNow: number;
}

/**
 * The generic cell rate algorithm as a leaky bucket: it holds `burst` units and evenly drains `limit` of them per window. It
 * takes a few numbers, whatever the traffic. In one window it may admit up to `burst + limit`.
 *
 * How fast it drains between two spendings is decided by the plan of the later one. So it is known how much of a spending can have
 * drained if the pace hasn't changed since. If it has, that isn't known, and a refund leaves such a spending alone.
 */
export const gcra: Algorithm<BucketState> = {
  letter: "g",
  hasBurst: true,
  create: () => ({ level: 0, at: 0, pace: 0, since: 0, left: 0, now: 0, paceNow: 0, sinceNow: 0 }),
  settle(state, { limit }, at) {
    const { level, pace } = state;
    const ms = at - state.at;
    // The plan of the last spending has decided when the bucket is empty.
    const isLive = ms * pace < level;
    state.left = isLive ? Math.max(0, level - ms * limit) : 0;
    state.now = at;
    state.paceNow = limit;
    state.sinceNow = pace === limit ? state.since : at;
  },
  remaining: ({ left }, { burst, windowMs }) => Math.max(0, Math.floor((burst * windowMs - left) / windowMs)),
  waitMs({ left }, { limit, windowMs, burst }, cost) {
    return Math.max(0, Math.ceil((left - (burst - cost) * windowMs) / limit));
  },
  spend(state, { windowMs }, cost) {
    state.left += cost * windowMs;
    state.level = state.left;
    state.at = state.now;
    state.pace = state.paceNow;
    state.since = state.sinceNow;
  },
  refund(state, { windowMs }, { cost, taken, takenAt }) {
    const { at, pace, since } = state;
    if (takenAt < since || takenAt > at) return;
    // What has drained since then may have been these units: first those that stay taken, then those that are given back.
    const given = Math.min(cost * windowMs, taken * windowMs - (at - takenAt) * pace);
    state.level = Math.max(0, state.level - Math.max(0, given));
    Object.assign(state, { left: state.level, now: at, paceNow: pace, sinceNow: since });
  },
  expiresAt: ({ left, now, paceNow }) => now + Math.ceil(left / paceNow),
  encode: ({ left, paceNow, sinceNow }, born) => ({ first: left, second: paceNow, rest: String(sinceNow - born) }),
  decode({ first, second, rest }, _rule, born, emptyAt) {
    const at = emptyAt - Math.ceil(first / second);
    const since = born + (Number(rest) || 0);
    return { level: first, at, pace: second, since, left: first, now: at, paceNow: second, sinceNow: since };
  },
};
