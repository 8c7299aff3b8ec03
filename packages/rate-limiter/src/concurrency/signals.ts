/**
 * Waits for work until the signal aborts, and then rejects with the signal's reason. A result that comes after that goes to
 * `undo`, so that every result reaches either the caller or `undo`.
 */
export function unlessAborted<Result>(
  work: Promise<Result>,
  signal: AbortSignal,
  undo: (late: Result) => void,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    work.then(
      (result) => {
        signal.removeEventListener("abort", abort);
        if (signal.aborted) undo(result);
        else resolve(result);
      },
      (error: unknown) => {
        signal.removeEventListener("abort", abort);
        reject(error);
      },
    );
  });
}

/** Runs work with a signal that aborts as soon as one of the two does. Stops listening when the work is over. */
export async function withEitherSignal<Result>(
  one: AbortSignal,
  other: AbortSignal | undefined,
  work: (signal: AbortSignal) => Result | PromiseLike<Result>,
): Promise<Result> {
  if (other === undefined) return work(one);
  const controller = new AbortController();
  const watched = [one, other].map((signal) => ({ signal, abort: () => controller.abort(signal.reason) }));
  for (const { signal, abort } of watched) {
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
  }
  try {
    return await work(controller.signal);
  } finally {
    for (const { signal, abort } of watched) signal.removeEventListener("abort", abort);
  }
}
