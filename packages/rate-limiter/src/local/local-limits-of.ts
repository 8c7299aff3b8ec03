import type { KeyValueBackend } from "@keyward/core";
import { type AlgorithmName, algorithms } from "../algorithms/algorithms.ts";
import { monotonicNow } from "../monotonic-now.ts";
import { LocalLimits } from "./local-limits.ts";

const byBackend = new WeakMap<KeyValueBackend, Map<string, LocalLimits>>();

/**
 * The counts of one name in this process. Limiters of one name over the same backend share them, as they share those on a
 * store: else a process with two of them would admit twice its part while the store is away.
 */
export function localLimitsOf(
  backend: KeyValueBackend | undefined,
  name: string,
  algorithm: AlgorithmName,
  maxKeys: number,
): LocalLimits {
  const limits = backend === undefined ? new Map<string, LocalLimits>() : (byBackend.get(backend) ?? new Map());
  if (backend !== undefined) byBackend.set(backend, limits);
  const id = `${algorithm}:${name}`;
  const found = limits.get(id) ?? new LocalLimits(algorithms[algorithm], maxKeys, steadyNow);
  limits.set(id, found);
  return found;
}

// Read once: it takes longer than the time itself.
const { timeOrigin = Date.now() - performance.now() } = performance;

/** Whole milliseconds since the epoch that follow no change of the wall clock. */
function steadyNow(): number {
  return Math.floor(timeOrigin + monotonicNow());
}
