import type { BackendError, KeyValueBackend } from "@keyward/core";

const everyMs = 60_000;

const warnedAt = new WeakMap<KeyValueBackend, number>();

/**
 * Warns apps that have no observer. Requests go through as usual while each instance counts for itself, perhaps for good if a
 * password is wrong, so that is worth a line in the log: once a minute at most, for all limiters over one backend. A store that
 * is switched off isn't missed.
 */
export function warnWithoutStore(backend: KeyValueBackend, { code, operation }: BackendError): void {
  if (backend.capabilities.reach === "off") return;
  const now = performance.now();
  if (now < (warnedAt.get(backend) ?? Number.NEGATIVE_INFINITY) + everyMs) return;
  warnedAt.set(backend, now);
  console.warn(
    `keyward: the store of the rate limits can't be used (${code}, ${operation}), so they are decided without it; check the store, and pass an observer to hear of every failure`,
  );
}
