import type { BackendErrorCode } from "../errors/backend-error.ts";

/**
 * Where operations go: to the `"primary"`; to memory as far as they may (`"local"`), since the store is away or because
 * it is switched `"off"`; nowhere any more (`"closed"`).
 */
export type FallbackMode = "primary" | "local" | "off" | "closed";

/** How a backend under `withFallback` is doing, as of now. For a health page; holds no key and no value. */
export interface BackendHealth {
  readonly mode: FallbackMode;
  /** Since when it has been in this mode, in milliseconds since the epoch by this process's clock. */
  readonly since: number;
  /**
   * The last failure of the store, in this mode or before; none is `undefined`. A rejection is one too, such as of a wrong
   * password, though the store isn't taken for away on its account, and nothing below counts it.
   */
  readonly lastError: LastError | undefined;
  /** Failures since the store's last answer. */
  readonly failures: number;
  /** Calls to the primary within the last thirty seconds that say something of it. Begins anew when the store is back. */
  readonly calls: number;
  /** The part of them that failed, from 0 to 1. */
  readonly errorRate: number;
  /** How long the others took, on average; `undefined` without any. */
  readonly latencyMs: number | undefined;
}

export interface LastError {
  readonly code: BackendErrorCode;
  /** As in `BackendError.operation`. */
  readonly operation: string;
  readonly at: number;
}
