import { readCallOptions, type UnmaskOptions } from "../call-options.ts";
import { resolveOnUnmaskFailure } from "../without-store/on-backend-error.ts";

/** @throws {ConfigurationError} as {@link readCallOptions}, and for a wrong `onBackendError` */
export function readUnmaskOptions(options: UnmaskOptions) {
  const own = readCallOptions(options, ["within", "onBackendError"]);
  return Object.assign(own, { onBackendError: resolveOnUnmaskFailure(own.onBackendError) });
}
