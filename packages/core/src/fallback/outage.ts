import type { BackendCapabilities } from "../backend.ts";
import { BackendError, type BackendErrorCode } from "../errors/backend-error.ts";

/** Tells a failure of the store itself from one of the call. */
export type OutageTest = (error: unknown) => error is BackendError;

/**
 * What counts against a store: it can't be reached, doesn't answer, can't serve, or has no room to write. A rejection
 * (`WRONGTYPE`), a reply that can't be read, a mistake of the caller's, an abort and a closed backend say nothing about it.
 *
 * A full store in this process is no outage: there is no other memory to go to.
 */
export function createOutageTest({ reach }: BackendCapabilities): OutageTest {
  const codes: readonly BackendErrorCode[] =
    reach === "local"
      ? ["BACKEND_UNAVAILABLE", "BACKEND_TIMEOUT"]
      : ["BACKEND_UNAVAILABLE", "BACKEND_TIMEOUT", "BACKEND_FULL"];
  return (error): error is BackendError => BackendError.is(error) && codes.includes(error.code);
}
