import { backoffDelay } from "../timing/backoff-delay.ts";

/** Milliseconds before the store is asked again: from 1 to 2 s at first, from 15 to 30 s in the end. */
export function retryDelay(failures: number): number {
  return backoffDelay(failures + 1, 2_000, 30_000);
}
