import type { WindowRule } from "../algorithms/algorithm.ts";

/** One window, right after a decision. */
export interface WindowStatus {
  readonly name: string;
  readonly limit: number;
  readonly windowMs: number;
  /** Units that could be taken now. */
  readonly remaining: number;
  /** Milliseconds until one more than `remaining` could be taken, if nothing else is taken; 0 if the window is empty. */
  readonly nextMs: number;
  /** Milliseconds until the window is empty again, if nothing else is taken. */
  readonly resetMs: number;
}

export function windowStatus(
  { name, limit, windowMs }: WindowRule,
  remaining: number,
  nextMs: number,
  resetMs: number,
): WindowStatus {
  return { name, limit, windowMs, remaining, nextMs, resetMs };
}
