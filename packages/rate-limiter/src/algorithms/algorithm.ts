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

/** A part of one spending that is given back. */
export interface Refund {
  readonly cost: number;
  /** How much was taken in all. */
  readonly taken: number;
  /** When it was taken, on the clock of the state. */
  readonly takenAt: number;
}

/**
 * The arithmetic of one window, over a state that it changes in place. It knows no clock and no store: times are whole
 * milliseconds since the epoch, on one clock that never steps back.
 *
 * All functions but `create`, `settle` and `decode` expect a state that has been settled at the same time. `refund` takes a state
 * as it was written, because it has no plan of its own to settle it by.
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
   * Gives back what was taken, once for each spending, as far as it is certain to count still. The state never holds less than
   * if the units that are given back hadn't been taken in the first place, whoever takes and gives back in between.
   */
  refund(state: State, rule: WindowRule, refund: Refund, at: number): void;
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
