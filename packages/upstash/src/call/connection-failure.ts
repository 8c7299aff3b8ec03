import type { RestFailure } from "./rest-failure.ts";

interface SystemError {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

/** How Node, then Bun, names a connection that was never made. */
const neverConnected =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_CERT_ALTNAME_INVALID|CERT_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+|ConnectionRefused|FailedToOpenSocket)$/;

/**
 * The meaning of a failed `fetch`. Runtimes say little, some only "network error". The request counts as not sent only if it is
 * clear that there was no connection.
 */
export function connectionFailure(error: unknown): RestFailure {
  const causes = [...causesOf(error)];
  const unsent =
    causes.some(({ code, syscall }) => {
      return (
        (typeof code === "string" && neverConnected.test(code)) || syscall === "connect" || syscall === "getaddrinfo"
      );
    }) ||
    // Deno's.
    (error instanceof Error && error.message.includes("client error (Connect)"));
  const code = causes
    .map(({ code }) => code)
    .find((code) => typeof code === "string" && /^[A-Z][A-Z0-9_]*$/.test(code));
  return {
    code: "BACKEND_UNAVAILABLE",
    outcome: unsent ? "not-applied" : "unknown",
    retryable: true,
    reason: `${unsent ? "there is no connection" : "the connection was lost before the reply came"}${code ? ` (${code})` : ""}`,
  };
}

/** The error and those it refers to, some levels deep, because an address of two families fails with an error for each. */
function* causesOf(error: unknown, depth = 0): Generator<SystemError> {
  if (typeof error !== "object" || error === null || depth > 3) return;
  const { cause, errors } = error as SystemError;
  yield error as SystemError;
  yield* causesOf(cause, depth + 1);
  for (const each of Array.isArray(errors) ? errors : []) yield* causesOf(each, depth + 1);
}
