import type { Algorithm } from "./algorithm.ts";

/** What was taken in the window that ends at `end`. */
export interface CountState {
  used: number;
  end: number;
}

/** Counts from one multiple of the window since the epoch to the next. Around the turn it may admit twice the limit. */
export const fixedWindow: Algorithm<CountState> = {
  letter: "f",
  hasBurst: false,
  create: () => ({ used: 0, end: 0 }),
  settle(state, { windowMs }, at) {
    if (at < state.end) return;
    state.used = 0;
    state.end = (Math.floor(at / windowMs) + 1) * windowMs;
  },
  remaining: ({ used }, { limit }) => Math.max(0, limit - used),
  waitMs: ({ used, end }, { limit }, cost, at) => (used + cost > limit ? end - at : 0),
  spend(state, _rule, cost) {
    state.used += cost;
  },
  refund(state, { windowMs }, { cost, takenAt }) {
    if (takenAt >= state.end - windowMs) state.used = Math.max(0, state.used - cost);
  },
  expiresAt: ({ used, end }) => (used === 0 ? 0 : end),
  encode: ({ used, end }, born) => ({ first: used, second: end - born, rest: "" }),
  decode: ({ first, second }, _rule, born) => ({ used: first, end: born + second }),
};
