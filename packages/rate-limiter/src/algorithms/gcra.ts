import type { Algorithm, WindowRule } from "./algorithm.ts";

/** How full the bucket is, in units times window milliseconds so that all sums are whole. */
export interface BucketState {
  /** As it was written last, when, and until when by the pace of then. */
  level: number;
  at: number;
  emptyAt: number;
  /** As it is now. Asking writes nothing, here as on a store: a plan with another pace may be next to take. */
  left: number;
  now: number;
}

/**
 * The generic cell rate algorithm as a leaky bucket: it holds `burst` units and drains `limit` of them a window, evenly.
 * Two numbers, whatever the traffic. In one window it may admit up to `burst + limit`.
 */
export const gcra: Algorithm<BucketState> = {
  letter: "g",
  hasBurst: true,
  create: () => ({ level: 0, at: 0, emptyAt: 0, left: 0, now: 0 }),
  settle(state, { limit }, at) {
    state.left = at < state.emptyAt ? Math.max(0, state.level - (at - state.at) * limit) : 0;
    state.now = at;
  },
  remaining: ({ left }, { burst, windowMs }) => Math.max(0, Math.floor((burst * windowMs - left) / windowMs)),
  waitMs({ left }, { limit, windowMs, burst }, cost) {
    return Math.max(0, Math.ceil((left - (burst - cost) * windowMs) / limit));
  },
  spend(state, rule, cost) {
    fill(state, rule, state.left + cost * rule.windowMs);
  },
  refund(state, rule, cost, spentAt, at) {
    // What has drained since may have been these units: only what can't have been is given back.
    const given = Math.max(0, cost * rule.windowMs - (at - spentAt) * rule.limit);
    fill(state, rule, Math.max(0, state.left - given));
  },
  expiresAt,
  encode: ({ left, now }, born) => ({ first: left, second: now - born, rest: "" }),
  decode: ({ first, second }, _rule, born, emptyAt) => ({
    level: first,
    at: born + second,
    emptyAt,
    left: first,
    now: born + second,
  }),
};

function expiresAt({ left, now }: BucketState, { limit }: WindowRule): number {
  return now + Math.ceil(left / limit);
}

function fill(state: BucketState, rule: WindowRule, level: number): void {
  state.level = level;
  state.left = level;
  state.at = state.now;
  state.emptyAt = expiresAt(state, rule);
}
