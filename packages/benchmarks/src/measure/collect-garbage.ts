/** Collects garbage where the process was started with `--expose-gc`, so that no sample pays for the one before it. */
export function collectGarbage(): void {
  globalThis.gc?.();
}
