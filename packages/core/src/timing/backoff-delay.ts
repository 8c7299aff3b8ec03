/**
 * How many milliseconds to wait before the next attempt: at most `firstMs` after the first, twice as long after each further
 * one, and never more than `longestMs`. The upper half is random, so that many instances don't retry in step.
 *
 * @param attempt how many attempts have failed, at least one
 */
export function backoffDelay(attempt: number, firstMs: number, longestMs: number): number {
  const delay = Math.min(firstMs * 2 ** Math.min(attempt - 1, 20), longestMs);
  return delay / 2 + (Math.random() * delay) / 2;
}
