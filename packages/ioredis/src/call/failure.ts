import { type BackendFailure, errorReplyCode, failureOfErrorReply, isRefusedUnexecuted } from "@keyward/core";
import { isErrorReply, systemCode } from "./reply-code.ts";

/** Reads the error of an attempt that was, or was not, written to a socket when it came. */
export function failureOf(error: unknown, sent: boolean, isScript: boolean): BackendFailure {
  if (!isErrorReply(error)) return connectionFailure(error, sent);
  const code = errorReplyCode(error.message);
  if (sent || isRefusedUnexecuted(code)) return failureOfErrorReply(error.message, isScript);
  // An answer to the greeting, such as "max number of clients reached".
  return connectionFailure(error, false);
}

function connectionFailure(error: unknown, sent: boolean): BackendFailure {
  const detail = systemCode(error);
  return {
    code: "BACKEND_UNAVAILABLE",
    outcome: sent ? "unknown" : "not-applied",
    retryable: true,
    reason: `${sent ? "the connection was lost before the reply came" : "there is no connection"}${detail ? ` (${detail})` : ""}`,
  };
}
