import { isErrorReply } from "../call/reply-code.ts";

/** The server doesn't accept these calls together, only one by one. None of them has been run. */
export class RefusedTogether extends Error {}

/**
 * Whether the error that answers several calls together may not apply to each of them: their keys are in several slots, because a
 * single address stands for a Cluster; the user may not use one of the keys; or the script doesn't fit into a function, as with
 * 200 local names. An error of a step itself never answers all of them, so none of them has been run.
 */
export function isRefusedTogether(error: unknown): boolean {
  return isErrorReply(error) && /^(?:CROSSSLOT|NOPERM) |\bsame slot\b|^ERR Error compiling script/.test(error.message);
}
