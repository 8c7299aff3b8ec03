import type { BackendFailure } from "../errors/backend-failure.ts";

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
 * The first word of an error reply's text, such as `WRONGTYPE`.
 *
 * With a script's line it is all that may be told of an error reply: the rest of its text may hold keys and values.
 */
export function errorReplyCode(text: string): string {
  return /^([A-Z][A-Z0-9]*)(?: |$)/.exec(text)?.[1] ?? "ERR";
}

/** The line at which a script failed, from the text of an error reply. */
function scriptLine(text: string): number | undefined {
  const line = /\b(?:user_script|@user_script): ?(\d+)/.exec(text)?.[1];
  return line === undefined ? undefined : Number(line);
}

/**
 * Whether a reply's code says that nothing was run. True for scripts too: Redis refuses the first write of a script for
 * these reasons, never one after it has written.
 */
export function isRefusedUnexecuted(code: string): boolean {
  return refusedForNow.has(code) || isRefusedForGood(code);
}

/** Whether a reply's code says that nothing was run, nor will be until something is put right. */
export function isRefusedForGood(code: string): boolean {
  return refusedForGood.has(code);
}

/**
 * What the text of an error reply means, whoever sent the command.
 *
 * @param linesBefore how many lines stood before the script's own.
 */
export function failureOfErrorReply(text: string, isScript: boolean, linesBefore = 0): BackendFailure {
  const code = errorReplyCode(text);
  if (refusedForNow.has(code)) {
    return {
      code: code === "OOM" ? "BACKEND_FULL" : "BACKEND_UNAVAILABLE",
      outcome: "not-applied",
      retryable: true,
      reason: `the server answered ${code}`,
    };
  }
  const line = scriptLine(text);
  return {
    code: "BACKEND_REJECTED",
    // A script that fails half way keeps what it wrote before.
    outcome: isScript && !isRefusedForGood(code) ? "unknown" : "not-applied",
    retryable: false,
    reason: `the server answered ${code}${line === undefined ? "" : ` (line ${line - linesBefore} of the script)`}`,
  };
}
