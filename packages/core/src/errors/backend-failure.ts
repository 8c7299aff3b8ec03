import type { BackendErrorCode } from "./backend-error.ts";

/** What one attempt's error means, told without anything of what was sent. */
export interface BackendFailure {
  readonly code: BackendErrorCode;
  readonly outcome: "not-applied" | "unknown";
  /** Whether the same call may succeed later, and so, if nothing was applied, at once again. */
  readonly retryable: boolean;
  readonly reason: string;
}
