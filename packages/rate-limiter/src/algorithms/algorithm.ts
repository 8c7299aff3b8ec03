/** One window of a policy as the arithmetic needs it; all whole numbers. */
export interface WindowRule {
  /** As decisions and headers call it. */
  readonly name: string;
  /** Units per window. */
  readonly limit: number;
  readonly windowMs: number;
  /** The most units taken at once: `limit`, unless the algorithm has a burst. */
  readonly burst: number;
  /** In how many cells a log is merged where the limit is more than twice as high. */
  readonly cells: number;
}

/** What is given back of one spending. */
export interface Refund {
  readonly cost: number;
  /** What was taken in all. */
  readonly taken: number;
  /** When, on the clock of the state. */
  readonly takenAt: number;
}

/**
 * The arithmetic of one window over a state that is changed in place. Pure: no clock and no store. Times are whole
 * milliseconds since the epoch on one clock that never steps back.
 *
 * Every other function expects a state that has been settled at the same time, but for `refund`, which takes one as it was written:
 * it has no plan of its own to settle it by.
 */
export interface Algorithm<State> {
  /** Begins the name of each window in stored text, so that states of two algorithms can stand side by side. */
  readonly letter: "l" | "g" | "f";
  /** Whether `burst` may differ from `limit`. */
  readonly hasBurst: boolean;
  create(): State;
  /** Forgets what no longer counts at `at`. */
  settle(state: State, rule: WindowRule, at: number): void;
  /** Whole units that could be taken now. Below 0 never, also if the limit was lowered. */
  remaining(state: State, rule: WindowRule): number;
  /** The exact milliseconds until `cost` fits if nothing else is taken; 0 if it fits now. `cost` is at most `burst`. */
  waitMs(state: State, rule: WindowRule, cost: number, at: number): number;
  spend(state: State, rule: WindowRule, cost: number, at: number): void;
  /**
   * Gives back what was taken, once for each spending, as far as it is certain to count still: the state never holds less than if
   * it had been taken in the first place less what is given back, whoever else takes and gives back in between.
   */
  refund(state: State, rule: WindowRule, refund: Refund, at: number): void;
  /** When the state is as good as none. */
  expiresAt(state: State, rule: WindowRule): number;
  /** The state as it is stored: two whole numbers and a text without line breaks, times relative to `born`. */
  encode(state: State, born: number): StoredState;
  decode(stored: StoredState, rule: WindowRule, born: number, expiresAt: number): State;
}

export interface StoredState {
  readonly first: number;
  readonly second: number;
  readonly rest: string;
}
