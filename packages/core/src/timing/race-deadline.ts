export interface DeadlineOptions {
  /** The longest to wait, in milliseconds. @default as long as it takes */
  readonly timeoutMs?: number | undefined;
  /** Ends the wait with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Makes the error that the wait ends with when time is up. */
  readonly onTimeout: () => Error;
}

/** The longest that a timer can wait; a longer one would fire at once. */
export const longestTimerMs = 2 ** 31 - 1;

/**
 * Waits for `work`, but no longer than the deadline and the signal allow. For backends.
 *
 * Only the wait ends: `work` itself goes on, and its result is ignored. No timer or listener is left behind.
 */
export function raceDeadline<Result>(work: Promise<Result>, options: DeadlineOptions): Promise<Result> {
  const { timeoutMs, signal, onTimeout } = options;
  return new Promise<Result>((resolve, reject) => {
    const abort = () => settle(() => reject(signal?.reason));
    const timer =
      timeoutMs === undefined || timeoutMs > longestTimerMs
        ? undefined
        : setTimeout(() => settle(() => reject(onTimeout())), timeoutMs);
    const settle = (decide: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      decide();
    };
    work.then(
      (result) => settle(() => resolve(result)),
      (error: unknown) => settle(() => reject(error)),
    );
    if (signal?.aborted) abort();
    else signal?.addEventListener("abort", abort);
  });
}
