import type { RateLimitDecision } from "./decision.ts";

/** The longest that a timer can wait; a longer one would fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Asks, and after a refusal asks again at the earliest time at which the cost can fit.
 *
 * @returns what was allowed, or the refusal whose next chance would come too late
 */
export async function waitUntilAllowed(
  ask: () => Promise<RateLimitDecision>,
  maxWaitMs: number,
  signal: AbortSignal | undefined,
): Promise<RateLimitDecision> {
  const endsAt = performance.now() + maxWaitMs;
  for (;;) {
    signal?.throwIfAborted();
    const decision = await ask();
    if (decision.allowed || performance.now() + decision.retryAfterMs > endsAt) return decision;
    await pause(Math.min(decision.retryAfterMs, longestTimerMs), signal);
  }
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", abort, { once: true });
  });
}
