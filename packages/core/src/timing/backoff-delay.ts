/**
 * Milliseconds to wait before the next attempt: `firstMs` at most after the first, twice as long after each further one,
 * never above `longestMs`. Spread over the upper half, so that a fleet doesn't knock in step.
 *
 * @param attempt how many have failed, from 1
 */
export function backoffDelay(attempt: number, firstMs: number, longestMs: number): number {
  const delay = Math.min(firstMs * 2 ** Math.min(attempt - 1, 20), longestMs);
  return delay / 2 + (Math.random() * delay) / 2;
}
