import { type FallbackBackend, type KeyValueBackend, withFallback } from "@keyward/core";

const guarded = new WeakMap<KeyValueBackend, KeyValueBackend>();

/**
 * Makes a backend fail at once while its store is away, instead of letting every check wait for the deadline. A backend that
 * came from `withFallback` does so already and is returned as it is. For any other one fallback is made, shared by all
 * limiters over it and never closed.
 */
export function guardedBackend(backend: KeyValueBackend): KeyValueBackend {
  if (typeof (backend as Partial<FallbackBackend>).onRecovery === "function") return backend;
  const guard = guarded.get(backend) ?? withFallback(backend);
  guarded.set(backend, guard);
  return guard;
}
