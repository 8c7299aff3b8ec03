/**
 * Runs `work` with a signal that aborts as soon as one of `signals` does, for the same reason.
 *
 * It leaves nothing behind on `signals`. `AbortSignal.any` does on Node 20 and 22, and a server may pass one long-lived
 * signal to every call.
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
