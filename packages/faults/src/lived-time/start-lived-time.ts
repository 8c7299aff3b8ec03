/** A tick is due so often, in milliseconds. */
const tickMs = 2;
/** However late a tick comes, it counts as this much at most: four times as late as it may be on a machine with time. */
const mostMs = 4 * tickMs;

/** Time as this process has lived it. */
export interface LivedTime {
  /** Milliseconds since the start, less those in which the process stood still. */
  readonly elapsedMs: number;
  stop(): void;
}

/**
 * Measures time without the moments in which the event loop of this process did not turn.
 *
 * A deadline is kept by a timer, and no timer fires while the process isn't given a processor. On a busy machine the time on
 * the wall says how busy it is; this one says how often the loop has turned since, which is all that code can do about a
 * deadline. It is never ahead of the time on the wall, so what is late by it is late; on an idle machine both are the same.
 * What it can't see is code that blocks the loop itself.
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
