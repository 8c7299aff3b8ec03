import { type FallbackBackend, type KeyValueBackend, withFallback } from "@keyward/core";

const guarded = new WeakMap<KeyValueBackend, KeyValueBackend>();

/**
 * A backend that fails at once while its store is away, instead of letting every check wait for the deadline. One that is
 * guarded already stays as it is; the guard of another is made once, however many limiters stand on it, and never closed.
 */
export function guardedBackend(backend: KeyValueBackend): KeyValueBackend {
  if (typeof (backend as Partial<FallbackBackend>).onRecovery === "function") return backend;
  const guard = guarded.get(backend) ?? withFallback(backend);
  guarded.set(backend, guard);
  return guard;
}
