import { BackendError } from "@keyward/core";

/**
 * The error for a key whose value a script couldn't read: something else wrote to it, or a newer version of this package.
 *
 * @param remedy what the caller can do, for the end of the message
 */
export function unreadableState(script: string, remedy: string): BackendError {
  const message = `${script}: something else or a newer version wrote to this key, so it was left untouched; ${remedy}`;
  return new BackendError("BACKEND_REPLY_INVALID", message, {
    operation: `run:${script}`,
    outcome: "not-applied",
    retryable: false,
  });
}
