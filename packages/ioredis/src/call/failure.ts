import { type BackendFailure, errorReplyCode, failureOfErrorReply, isRefusedUnexecuted } from "@keyward/core";
import { isErrorReply, replyCode, systemCode } from "./reply-code.ts";

/** What the error of an attempt means. @param sent whether the command had been written to a socket by then */
export function failureOf(error: unknown, sent: boolean, isScript: boolean): BackendFailure {
  if (!isErrorReply(error)) return connectionFailure(error, sent);
  const code = errorReplyCode(error.message);
  if (sent || isRefusedUnexecuted(code)) return failureOfErrorReply(error.message, isScript);
  // It answers the greeting, such as "max number of clients reached".
  return connectionFailure(error, false);
}

/** Too few replicas had the write by the deadline. */
export class TooFewReplicas extends Error {}

/** Why it isn't known whether replicas have a write. The write has been applied, but may be lost with its server. */
export function acknowledgementFailure(error: unknown): BackendFailure {
  if (error instanceof TooFewReplicas) {
    return { code: "BACKEND_TIMEOUT", outcome: "unknown", retryable: true, reason: error.message };
  }
  // WAIT was under way when its master became a replica.
  if (replyCode(error) === "UNBLOCKED") {
    const reason = "the server became a replica before others had acknowledged it";
    return { code: "BACKEND_UNAVAILABLE", outcome: "unknown", retryable: true, reason };
  }
  return { ...failureOf(error, true, true), outcome: "unknown" };
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
