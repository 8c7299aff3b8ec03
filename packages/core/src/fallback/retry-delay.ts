const leastMs = 1_000;
const mostMs = 30_000;

/**
 * Milliseconds to wait before the next try: from 1 to 2 s at first, twice as long after each failure, from 15 to 30 s in
 * the end. Chance decides within that, so that instances which lost the store together don't ask for it together.
 */
export function retryDelay(failures: number): number {
  const longest = Math.min(2 * leastMs * 2 ** failures, mostMs);
  return longest / 2 + Math.random() * (longest / 2);
}
