import { isErrorReply } from "../call/reply-code.ts";

/** The server takes these calls each by itself only. None of them has been run. */
export class RefusedTogether extends Error {}

/**
 * Whether the error that answers several calls at once may not hold for each of them: their keys are in several slots, where a
 * single address stands for a Cluster; the user may not use one of the keys; or the script doesn't fit into a function, as with
 * 200 local names. What a step itself ends with never answers them all, so none has been run.
 */
export function isRefusedTogether(error: unknown): boolean {
  return isErrorReply(error) && /^(?:CROSSSLOT|NOPERM) |\bsame slot\b|^ERR Error compiling script/.test(error.message);
}
