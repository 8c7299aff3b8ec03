import type { BackendErrorCode } from "../errors/backend-error.ts";

/**
 * Where operations go: to the `"primary"`; to memory, as far as they may, since the store is away (`"local"`) or switched off
 * (`"off"`); nowhere any more (`"closed"`).
 */
export type FallbackMode = "primary" | "local" | "off" | "closed";

/** How a backend under `withFallback` is doing right now. For a health page; holds no key and no value. */
export interface BackendHealth {
  readonly mode: FallbackMode;
  /** Since when it has been in this mode, in milliseconds since the epoch by this process's clock. */
  readonly since: number;
  /**
   * The last failure of the store, in this mode or before; `undefined` if there was none. It may be a rejection, for instance of
   * a wrong password, although that doesn't make the store count as away, and none of the numbers below includes it.
   */
  readonly lastError: LastError | undefined;
  /** How many failures there have been since the store's last answer. */
  readonly failures: number;
  /** Calls of the last thirty seconds that say something about the store. Starts over when the store is back. */
  readonly calls: number;
  /** The share of them that failed, from 0 to 1. */
  readonly errorRate: number;
  /** How long the others took on average; `undefined` if there were none. */
  readonly latencyMs: number | undefined;
}

export interface LastError {
  readonly code: BackendErrorCode;
  /** As in `BackendError.operation`. */
  readonly operation: string;
  readonly at: number;
}
