/**
 * The first word of an error reply, such as `WRONGTYPE`; `undefined` for any other error.
 *
 * It is all that may be told of an error reply: the rest of its text, and the command that ioredis attaches to it, may
 * hold keys and values.
 */
export function replyCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== "ReplyError") return undefined;
  return /^([A-Z][A-Z0-9]*)(?: |$)/.exec(error.message)?.[1] ?? "ERR";
}

/** The line at which a script failed, from the text of an error reply. */
export function scriptLine(error: unknown): number | undefined {
  const line = error instanceof Error ? /\b(?:user_script|@user_script): ?(\d+)/.exec(error.message)?.[1] : undefined;
  return line === undefined ? undefined : Number(line);
}

/** An operating system's or TLS's error code, such as `ECONNREFUSED`. */
export function systemCode(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === "string" && /^[A-Z][A-Z0-9_]*$/.test(code) ? code : undefined;
}
