import type { BackendCapabilities, KeyValueBackend } from "@keyward/core";

export type CreateBackend = () => KeyValueBackend | Promise<KeyValueBackend>;

/** What the suite may expect of a backend, and what it may do to the store behind it. */
export interface BackendExpectations {
  /** What the backend's own `capabilities` must say. Messages are checked only with `push`. */
  readonly capabilities: BackendCapabilities;
  /** Another instance over the same store, as another process would have one. Required when `reach` is `"shared"`. */
  readonly createSecond?: CreateBackend;
  /**
   * Moves the store's clock forward, for all backends that were made here. Without it the checks wait for TTLs of some
   * tens of milliseconds to pass on the store itself.
   */
  readonly advance?: (ms: number) => void | Promise<void>;
  /**
   * How long to wait for what has to come, such as a message or an error, before it counts as missing, in milliseconds.
   * Half of it is what a deadline may be late.
   *
   * @default 5000
   */
  readonly patienceMs?: number;
  /**
   * Makes the store stop answering, connections left open, and gives back what makes it answer again. With it, deadlines
   * and what becomes of pending calls are checked.
   */
  readonly stall?: () => Promise<() => void | Promise<void>>;
  /** Cuts every connection to the store, which can be reached again at once. With it, `onGap` is checked. */
  readonly disconnect?: () => void | Promise<void>;
}
