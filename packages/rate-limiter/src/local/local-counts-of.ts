import type { KeyValueBackend } from "@keyward/core";
import { type AlgorithmName, algorithms } from "../algorithms/algorithms.ts";
import { LocalCounts } from "./local-counts.ts";
import { monotonicNow } from "./monotonic-now.ts";

const byBackend = new WeakMap<KeyValueBackend, Map<string, LocalCounts>>();

/**
 * This process's counts for one limiter name. Limiters with the same name and backend share them, just as they share their
 * counts on the store. Otherwise a process with two such limiters would admit twice its part while the store is away.
 */
export function localCountsOf(
  backend: KeyValueBackend | undefined,
  name: string,
  algorithm: AlgorithmName,
  maxKeys: number,
): LocalCounts {
  const byName = backend === undefined ? new Map<string, LocalCounts>() : (byBackend.get(backend) ?? new Map());
  if (backend !== undefined) byBackend.set(backend, byName);
  const id = `${algorithm}:${name}`;
  const counts = byName.get(id) ?? new LocalCounts(algorithms[algorithm], maxKeys, steadyNow);
  byName.set(id, counts);
  return counts;
}

// Read once, because the getter takes longer than reading the clock.
const { timeOrigin = Date.now() - performance.now() } = performance;

/** Whole milliseconds since the epoch, unaffected by changes of the wall clock. */
function steadyNow(): number {
  return Math.floor(timeOrigin + monotonicNow());
}
