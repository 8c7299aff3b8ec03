import type { BackendFailure } from "../errors/backend-failure.ts";

/** Codes that say: not run, but may be run soon, or by another server. */
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

/** Codes that say: not run, and won't be until something is put right. */
const refusedForGood = new Set(["NOSCRIPT", "NOAUTH", "WRONGPASS", "CROSSSLOT"]);

/**
 * A refusal inside a script as Redis worded it before version 7: first the script's name and line, then a dash, then the code.
 * Only the server's own refusals have the dash, so no error that a script raises by itself passes for one.
 */
const refusedInScript =
  /^(?:ERR )?(?:Error running script \(call to f_[0-9a-f]{40}\): @user_script:\d+: )?@user_script: \d+: -([A-Z]+) /;

/**
 * The first word of an error reply's text, such as `WRONGTYPE`.
 *
 * Apart from a script's line, nothing else of an error reply may be shown, since its text may hold keys and values.
 */
export function errorReplyCode(text: string): string {
  const found = refusedInScript.exec(text) ?? /^([A-Z][A-Z0-9]*)(?: |$)/.exec(text);
  return found?.[1] ?? "ERR";
}

/** The line at which a script failed, according to the text of an error reply. */
function scriptLine(text: string): number | undefined {
  const line = /\b(?:user_script|@user_script): ?(\d+)/.exec(text)?.[1];
  return line === undefined ? undefined : Number(line);
}

/**
 * Whether an error code says that nothing was run. It holds for scripts as well: for these reasons Redis refuses the first
 * write of a script, and never one after it has written.
 */
export function isRefusedUnexecuted(code: string): boolean {
  return refusedForNow.has(code) || isRefusedForGood(code);
}

/** Whether an error code says that nothing was run, and won't be until something is put right. */
export function isRefusedForGood(code: string): boolean {
  return refusedForGood.has(code);
}

/**
 * What an error reply means for the operation.
 *
 * @param linesBefore how many lines were sent before the script's own
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
    // What a script has written before it fails is kept.
    outcome: isScript && !isRefusedForGood(code) ? "unknown" : "not-applied",
    retryable: false,
    reason: `the server answered ${code}${line === undefined ? "" : ` (line ${line - linesBefore} of the script)`}`,
  };
}
