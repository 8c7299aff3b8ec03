/**
 * Does the work with a signal that aborts as soon as one of `signals` does, for the same reason.
 *
 * Nothing of it stays on them. What `AbortSignal.any` makes does on Node 20 and 22, for as long as the signal lives: a
 * server's own, say, that is given to every call.
 */
export async function withAnySignal<Result>(
  signals: readonly AbortSignal[],
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const any = new AbortController();
  const links = signals.map((signal) => ({ signal, abort: () => any.abort(signal.reason) }));
  try {
    for (const { signal, abort } of links) {
      if (signal.aborted) abort();
      else signal.addEventListener("abort", abort);
    }
    return await work(any.signal);
  } finally {
    for (const { signal, abort } of links) signal.removeEventListener("abort", abort);
  }
}
