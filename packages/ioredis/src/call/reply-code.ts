import { errorReplyCode } from "@keyward/core";

/** The first word of an error reply, such as `WRONGTYPE`; `undefined` for any other error. */
export function replyCode(error: unknown): string | undefined {
  return isErrorReply(error) ? errorReplyCode(error.message) : undefined;
}

/** Whether the server has answered with an error. ioredis attaches the whole command to it, so never pass it on. */
export function isErrorReply(error: unknown): error is Error {
  return error instanceof Error && error.name === "ReplyError";
}

/** The error code of the operating system or of TLS, such as `ECONNREFUSED`. */
export function systemCode(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === "string" && /^[A-Z][A-Z0-9_]*$/.test(code) ? code : undefined;
}
