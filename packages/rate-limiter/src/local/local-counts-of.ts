import type { KeyValueBackend } from "@keyward/core";
import { type AlgorithmName, algorithms } from "../algorithms/algorithms.ts";
import { LocalCounts } from "./local-counts.ts";
import { monotonicNow } from "./monotonic-now.ts";

const byBackend = new WeakMap<KeyValueBackend, Map<string, LocalCounts>>();

/**
 * The counts of one name in this process. Limiters of one name over the same backend share them, as they share those on a
 * store: else a process with two of them would admit twice its part while the store is away.
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

// Read once: it takes longer than the time itself.
const { timeOrigin = Date.now() - performance.now() } = performance;

/** Whole milliseconds since the epoch that follow no change of the wall clock. */
function steadyNow(): number {
  return Math.floor(timeOrigin + monotonicNow());
}
