import type { BackendErrorCode } from "@keyward/core";
import { replyCode, scriptLine, systemCode } from "./reply-code.ts";

/** What one attempt's error means, told without anything of what was sent. */
export interface Failure {
  readonly code: BackendErrorCode;
  readonly outcome: "not-applied" | "unknown";
  /** Whether the same call may succeed later, and so, if nothing was applied, at once again. */
  readonly retryable: boolean;
  readonly reason: string;
}

/** The server says that it didn't run the command, and that it may run it soon, or elsewhere. */
const refusedForNow = new Set([
  "MOVED",
  "ASK",
  "TRYAGAIN",
  "CLUSTERDOWN",
  "MASTERDOWN",
  "LOADING",
  "READONLY",
  "BUSY",
  "NOREPLICAS",
  "MISCONF",
  "OOM",
]);

/** The server didn't run the command, and won't until something is put right. */
const refusedForGood = new Set(["NOSCRIPT", "NOAUTH", "WRONGPASS", "CROSSSLOT"]);

/**
 * Whether a reply's code says that nothing was run. True for scripts too: Redis refuses the first write of a script for
 * these reasons, never one after it has written.
 */
export function isRefusedUnexecuted(code: string | undefined): boolean {
  return code !== undefined && (refusedForNow.has(code) || refusedForGood.has(code));
}

/** Reads the error of an attempt that was, or was not, written to a socket when it came. */
export function failureOf(error: unknown, sent: boolean, isScript: boolean): Failure {
  const code = replyCode(error);
  if (code === undefined) return connectionFailure(error, sent);
  if (refusedForNow.has(code)) {
    return {
      code: code === "OOM" ? "BACKEND_FULL" : "BACKEND_UNAVAILABLE",
      outcome: "not-applied",
      retryable: true,
      reason: `the server answered ${code}`,
    };
  }
  // An answer to the greeting, such as "max number of clients reached".
  if (!sent && !refusedForGood.has(code)) return connectionFailure(error, false);
  const line = scriptLine(error);
  return {
    code: "BACKEND_REJECTED",
    // A script that fails half way keeps what it wrote before.
    outcome: isScript && sent && !refusedForGood.has(code) ? "unknown" : "not-applied",
    retryable: false,
    reason: `the server answered ${code}${line === undefined ? "" : ` (line ${line} of the script)`}`,
  };
}

function connectionFailure(error: unknown, sent: boolean): Failure {
  const detail = systemCode(error);
  return {
    code: "BACKEND_UNAVAILABLE",
    outcome: sent ? "unknown" : "not-applied",
    retryable: true,
    reason: `${sent ? "the connection was lost before the reply came" : "there is no connection"}${detail ? ` (${detail})` : ""}`,
  };
}
