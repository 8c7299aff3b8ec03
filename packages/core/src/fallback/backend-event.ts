import type { BackendErrorCode } from "../errors/backend-error.ts";
import type { KeywardEvent } from "../observer.ts";

/** What a backend under `withFallback` tells its observer. No event holds a key, a value or a channel. */
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

/** The store counts as away: from now on no caller waits for it. */
export interface BackendDegradedEvent extends AboutBackend {
  readonly type: "backend.degraded";
  readonly reason: TripReason;
  /** The code of the last failure, and the operation that failed, such as `get` or `run:assign`. */
  readonly code: BackendErrorCode;
  readonly operation: string;
}

/** Which bound was exceeded: five failures in a row, of all calls or of one kind of write; or 1 % of calls within 30 s. */
export type TripReason = "consecutive-failures" | "error-rate";

/** The store is used again. What was kept in memory meanwhile is given to the hooks and then dropped. */
export interface BackendRecoveredEvent extends AboutBackend {
  readonly type: "backend.recovered";
  readonly outageMs: number;
}

/** A recovery hook failed, or took too long. Everything else goes on. */
export interface RecoveryHookFailedEvent extends AboutBackend {
  readonly type: "backend.recovery-hook-failed";
  /** The code of a Keyward error, or the name of any other, whose message may hold secrets. */
  readonly error: string;
}

/** An operation on the primary took longer than `slowMs`. Told at most once a second. */
export interface BackendSlowEvent extends AboutBackend {
  readonly type: "backend.slow";
  readonly operation: string;
  readonly durationMs: number;
  /** How many other operations have been slow since the last of these events. */
  readonly untold: number;
}

/** More than 0.5 % of calls fail, half of what trips. Told at most once in thirty seconds. */
export interface BackendErrorRateEvent extends AboutBackend {
  readonly type: "backend.error-rate";
  /** Within the last thirty seconds. */
  readonly calls: number;
  readonly errors: number;
}
