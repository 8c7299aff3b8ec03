import type { BackendCapabilities, KeyValueBackend } from "@keyward/core";

export type CreateBackend = () => KeyValueBackend | Promise<KeyValueBackend>;

/** What the suite may expect of a backend, and what it may do to the store behind it. */
export interface BackendExpectations {
  /** What the backend's `capabilities` must be. Messages are checked only with `push`. */
  readonly capabilities: BackendCapabilities;
  /** Creates another instance over the same store, as another process would. Required if `reach` is `"shared"`. */
  readonly createSecond?: CreateBackend;
  /**
   * Moves the store's clock forward, for all backends that were created here. Without it, the checks wait in real time for
   * TTLs of some tens of milliseconds to pass.
   */
  readonly advance?: (ms: number) => void | Promise<void>;
  /**
   * How many milliseconds to wait for a message or an error before it counts as missing. A deadline may be late by half of
   * this.
   *
   * @default 5000
   */
  readonly patienceMs?: number;
  /**
   * Makes the store stop answering while its connections stay open, and returns a function that makes it answer again. If this
   * is given, deadlines and the fate of pending calls are checked.
   */
  readonly stall?: () => Promise<() => void | Promise<void>>;
  /** Cuts every connection to the store, which can be reached again at once. If this is given, `onGap` is checked. */
  readonly disconnect?: () => void | Promise<void>;
}
