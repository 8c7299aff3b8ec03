import type { BackendErrorCode } from "../errors/backend-error.ts";
import type { KeywardEvent } from "../observer.ts";

/** What a backend under `withFallback` tells its observer. None of these holds a key, a value or a channel. */
export type BackendEvent =
  | BackendDegradedEvent
  | BackendRecoveredEvent
  | RecoveryHookFailedEvent
  | BackendSlowEvent
  | BackendErrorRateEvent;

interface AboutBackend extends KeywardEvent {
  /** The name of the primary. */
  readonly backend: string;
  readonly at: number;
}

/** The store is taken for away: from now on no caller waits for it. */
export interface BackendDegradedEvent extends AboutBackend {
  readonly type: "backend.degraded";
  readonly reason: TripReason;
  /** The last failure's code, and the operation that met it, such as `get` or `run:assign`. */
  readonly code: BackendErrorCode;
  readonly operation: string;
}

/** Which bound was passed: five failures in a row, of all calls or of one write, or one in a hundred within thirty seconds. */
export type TripReason = "consecutive-failures" | "error-rate";

/** The store is used again; what was kept in memory meanwhile is handed to the hooks and dropped. */
export interface BackendRecoveredEvent extends AboutBackend {
  readonly type: "backend.recovered";
  readonly outageMs: number;
}

/** A recovery hook failed, or took too long. Everything else goes on. */
export interface RecoveryHookFailedEvent extends AboutBackend {
  readonly type: "backend.recovery-hook-failed";
  /** The error's code if it is one of Keyward's, else its name: its message may quote what it was about. */
  readonly error: string;
}

/** An operation on the primary took longer than `slowMs`. Told at most once a second. */
export interface BackendSlowEvent extends AboutBackend {
  readonly type: "backend.slow";
  readonly operation: string;
  readonly durationMs: number;
  /** Slow operations since the last of these events that had none of their own. */
  readonly untold: number;
}

/** More than one call in two hundred fails, half of what trips. Told at most once in thirty seconds. */
export interface BackendErrorRateEvent extends AboutBackend {
  readonly type: "backend.error-rate";
  /** Within the last thirty seconds. */
  readonly calls: number;
  readonly errors: number;
}
