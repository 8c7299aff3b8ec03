import { backoffDelay } from "../timing/backoff-delay.ts";

/** How many milliseconds to wait before the store is tried again: 1 to 2 s at first, 15 to 30 s in the end. */
export function retryDelay(failures: number): number {
  return backoffDelay(failures + 1, 2_000, 30_000);
}
