/** How often a tick is due, in milliseconds. */
const tickMs = 2;
/** However late a tick comes, it counts as no more than this: four times the interval. */
const mostMs = 4 * tickMs;

/** The time that this process has lived through. */
export interface LivedTime {
  /** Milliseconds since the start, without those in which the process stood still. */
  readonly elapsedMs: number;
  stop(): void;
}

/**
 * Measures time without the moments in which the event loop of this process didn't turn.
 *
 * A deadline is kept by a timer, and no timer fires while the process gets no processor. On a busy machine, the clock on the wall
 * only shows how busy it is. This one shows how often the event loop has turned, and code can't do more about a deadline than
 * use its turns. It is never ahead of the wall clock, so what is late by it really is late; on an idle machine both agree. What
 * it can't see is code that blocks the event loop itself.
 */
export function startLivedTime(now: () => number = () => performance.now()): LivedTime {
  let elapsedMs = 0;
  let last = now();
  const advance = () => {
    const current = now();
    elapsedMs += Math.min(current - last, mostMs);
    last = current;
  };
  const timer = setInterval(advance, tickMs);
  return {
    get elapsedMs() {
      return elapsedMs + Math.min(now() - last, mostMs);
    },
    stop: () => clearInterval(timer),
  };
}
