import type { BackendErrorCode } from "./backend-error.ts";

/** What the error of one attempt means, without quoting anything that was sent. */
export interface BackendFailure {
  readonly code: BackendErrorCode;
  readonly outcome: "not-applied" | "unknown";
  /** Whether the same call may succeed later. If nothing was applied, it may also be repeated at once. */
  readonly retryable: boolean;
  readonly reason: string;
}
