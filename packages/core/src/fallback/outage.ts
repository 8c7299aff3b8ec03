import type { BackendCapabilities } from "../backend.ts";
import { BackendError, type BackendErrorCode } from "../errors/backend-error.ts";

/** Whether an error is a failure of the store itself, and not of the call. */
export type OutageTest = (error: unknown) => error is BackendError;

/**
 * What counts against a store: it can't be reached, doesn't answer, can't serve, or has no room to write. A rejection
 * (`WRONGTYPE`), an unreadable reply, a mistake in the call, an abort and a closed backend say nothing about it.
 *
 * A full store in this process doesn't count, since there is no other memory to fall back to.
 */
export function createOutageTest({ reach }: BackendCapabilities): OutageTest {
  const codes: readonly BackendErrorCode[] =
    reach === "local"
      ? ["BACKEND_UNAVAILABLE", "BACKEND_TIMEOUT"]
      : ["BACKEND_UNAVAILABLE", "BACKEND_TIMEOUT", "BACKEND_FULL"];
  return (error): error is BackendError => BackendError.is(error) && codes.includes(error.code);
}
