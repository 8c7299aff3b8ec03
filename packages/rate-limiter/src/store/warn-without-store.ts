import type { BackendError, KeyValueBackend } from "@keyward/core";

const everyMs = 60_000;

const warnedAt = new WeakMap<KeyValueBackend, number>();

/**
 * For apps without an observer: requests go through as ever while each instance counts for itself, perhaps for good where a
 * password is wrong. That is worth a line in the log, once a minute at most for all limiters over one backend. A store that
 * was switched off isn't missed.
 */
export function warnWithoutStore(backend: KeyValueBackend, { code, operation }: BackendError): void {
  if (backend.capabilities.reach === "off") return;
  const now = performance.now();
  if (now < (warnedAt.get(backend) ?? Number.NEGATIVE_INFINITY) + everyMs) return;
  warnedAt.set(backend, now);
  console.warn(
    `keyward: rate limits are decided without their store, which can't be asked (${code}, ${operation}); an observer is told each time`,
  );
}
