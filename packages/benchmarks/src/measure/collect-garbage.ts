/**
 * Collects young garbage where the process was started with `--expose-gc`, so that no sample pays for the one before it.
 *
 * Not all garbage: a full collection on demand also drops compiled code whose short-lived objects are gone, and what
 * would be measured then is the compiler.
 */
export function collectGarbage(): void {
  globalThis.gc?.({ execution: "sync", type: "minor" });
}
