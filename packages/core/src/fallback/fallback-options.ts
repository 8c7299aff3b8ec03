import { checkBackend, checkTimeout } from "../arguments/argument-checks.ts";
import type { KeyValueBackend } from "../backend.ts";
import { ConfigurationError } from "../errors/configuration-error.ts";
import { createMemoryBackend } from "../memory/memory-backend.ts";
import { checkObserver, type Observer } from "../observer.ts";
import type { BackendEvent } from "./backend-event.ts";

export interface FallbackOptions {
  /**
   * Makes the memory that operations with `degrade: "local"` fall back to, bounded. Called for each outage, and what it
   * returns is closed after it.
   *
   * @default () => createMemoryBackend()
   */
  readonly fallback?: () => KeyValueBackend;
  readonly observer?: Observer<BackendEvent>;
  /** Operations on the primary that take longer are told of by `backend.slow`, in milliseconds. @default 100 */
  readonly slowMs?: number;
  /**
   * How long an operation without a `timeoutMs` of its own is left to a primary that doesn't end it, in milliseconds; grows
   * by 1 ms for each KiB that is sent. The backends of Keyward end theirs much earlier by themselves. Raise it if you have
   * raised the primary's own deadline beyond it.
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
