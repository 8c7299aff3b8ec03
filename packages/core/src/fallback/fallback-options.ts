import { checkBackend, checkTimeout } from "../arguments/argument-checks.ts";
import type { KeyValueBackend } from "../backend.ts";
import { ConfigurationError } from "../errors/configuration-error.ts";
import { createMemoryBackend } from "../memory/memory-backend.ts";
import { checkObserver, type Observer } from "../observer.ts";
import type { BackendEvent } from "./backend-event.ts";

export interface FallbackOptions {
  /**
   * Makes the bounded memory that operations with `degrade: "local"` fall back to. Called for each outage; the backend that it
   * returns is closed afterwards.
   *
   * @default () => createMemoryBackend()
   */
  readonly fallback?: () => KeyValueBackend;
  readonly observer?: Observer<BackendEvent>;
  /** How many milliseconds an operation on the primary may take before `backend.slow` reports it. @default 100 */
  readonly slowMs?: number;
  /**
   * How many milliseconds to wait for a primary that doesn't end an operation without a `timeoutMs`, plus 1 ms for each KiB that
   * is sent. Keyward's own backends end their operations much earlier. Raise it if you have raised the primary's own deadline
   * above it.
   *
   * @default 2000
   */
  readonly timeoutMs?: number;
}

/** @throws {ConfigurationError} naming the option that can't be used. */
export function resolveFallbackOptions(options: FallbackOptions) {
  const { fallback = () => createMemoryBackend(), observer, slowMs = 100, timeoutMs = 2_000 } = options;
  if (typeof fallback !== "function") {
    throw new ConfigurationError("fallback", "must be a function that makes a backend, such as createMemoryBackend");
  }
  checkObserver(observer);
  checkTimeout("slowMs", slowMs);
  checkTimeout("timeoutMs", timeoutMs);
  const checkedFallback = () => {
    const backend = fallback();
    checkBackend("fallback()", backend);
    return backend;
  };
  return { fallback: checkedFallback, observer, slowMs, timeoutMs };
}
