/** One window of a policy, as the arithmetic needs it. All numbers are whole. */
export interface WindowRule {
  /** What decisions and headers call it. */
  readonly name: string;
  /** Units per window. */
  readonly limit: number;
  readonly windowMs: number;
  /** The most units that can be taken at once: `limit`, unless the algorithm has a burst. */
  readonly burst: number;
  /** How many cells a log is merged into if the limit is more than twice as high. */
  readonly cells: number;
}

/**
 * The arithmetic of one window, over a state that it changes in place. It knows no clock and no store: times are whole
 * milliseconds since the epoch, on one clock that never steps back.
 *
 * All functions but `create`, `settle` and `decode` expect a state that has been settled at the same time.
 */
export interface Algorithm<State> {
  /** The first letter of a window's name in stored text, so that states of two algorithms can be stored side by side. */
  readonly letter: "l" | "g" | "f";
  /** Whether `burst` may differ from `limit`. */
  readonly hasBurst: boolean;
  create(): State;
  /** Forgets what no longer counts at `at`. */
  settle(state: State, rule: WindowRule, at: number): void;
  /** Whole units that could be taken now. Never below 0, even after the limit was lowered. */
  remaining(state: State, rule: WindowRule): number;
  /** The exact milliseconds until `cost` fits if nothing else is taken; 0 if it fits now. `cost` is at most `burst`. */
  waitMs(state: State, rule: WindowRule, cost: number, at: number): number;
  spend(state: State, rule: WindowRule, cost: number, at: number): void;
  /**
   * Gives back what was taken at `spentAt`, as far as it still counts, and never what anyone else took. The caller has to see
   * to it that no more is given back than was taken.
   */
  refund(state: State, rule: WindowRule, cost: number, spentAt: number, at: number): void;
  /** From when on the state is no different from a new one. */
  expiresAt(state: State, rule: WindowRule): number;
  /** The state as it is stored: two whole numbers and a text without line breaks. Times count from `born`. */
  encode(state: State, born: number): StoredState;
  decode(stored: StoredState, rule: WindowRule, born: number, expiresAt: number): State;
}

export interface StoredState {
  readonly first: number;
  readonly second: number;
  readonly rest: string;
}
