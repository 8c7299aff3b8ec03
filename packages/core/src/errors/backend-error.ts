import { KeywardError } from "./keyward-error.ts";

export type BackendErrorCode =
  | "BACKEND_UNAVAILABLE"
  | "BACKEND_TIMEOUT"
  | "BACKEND_REPLY_INVALID"
  | "BACKEND_REJECTED"
  | "BACKEND_FULL"
  | "BACKEND_CLOSED";

export interface BackendErrorDetails {
  /** The member of `KeyValueBackend` that failed; for `run`, with the script's name: `run:assign`. */
  readonly operation: string;
  /**
   * What is known of the operation: `"not-applied"`: it had no effect on the store. `"unknown"`: it may have had one, so only
   * a step that can safely run twice may be sent again.
   */
  readonly outcome: "not-applied" | "unknown";
  /** Whether the same call may succeed later, without any change by the caller. */
  readonly retryable: boolean;
  readonly cause?: unknown;
}

/** The store couldn't do what was asked, in time or at all. */
export class BackendError extends KeywardError {
  declare readonly code: BackendErrorCode;
  readonly operation: string;
  readonly outcome: "not-applied" | "unknown";
  readonly retryable: boolean;

  constructor(code: BackendErrorCode, message: string, details: BackendErrorDetails) {
    super(code, message, details.cause === undefined ? undefined : { cause: details.cause });
    this.operation = details.operation;
    this.outcome = details.outcome;
    this.retryable = details.retryable;
  }

  /** As {@link KeywardError.is}, for the codes that begin with `BACKEND_`. */
  static override is(value: unknown): value is BackendError {
    return KeywardError.is(value) && value.code.startsWith("BACKEND_");
  }
}
