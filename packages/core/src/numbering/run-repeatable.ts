import type { KeyValueBackend, RunOptions } from "../backend.ts";
import { BackendError } from "../errors/backend-error.ts";
import type { Script } from "../script/script.ts";

const mostRepeats = 2;

/**
 * Runs a script that may safely run twice, and again (twice at most) if it failed in passing or nobody knows whether it
 * ran. All of it stays within `timeoutMs`; a timeout isn't repeated, as the time was all there was.
 */
export async function runRepeatable<Arguments, Reply>(
  backend: KeyValueBackend,
  script: Script<Arguments, Reply>,
  keys: readonly string[],
  input: Arguments,
  options: RunOptions,
): Promise<Reply> {
  const { timeoutMs, ...rest } = options;
  const start = performance.now();
  for (let repeats = 0; ; repeats += 1) {
    const leftMs = timeoutMs === undefined ? undefined : timeoutMs - (performance.now() - start);
    try {
      return await backend.run(script, keys, input, leftMs === undefined ? rest : { ...rest, timeoutMs: leftMs });
    } catch (error) {
      const timeIsUp = timeoutMs !== undefined && performance.now() - start >= timeoutMs;
      if (repeats === mostRepeats || timeIsUp || !isPassing(error)) throw error;
    }
  }
}

function isPassing(error: unknown): boolean {
  if (!BackendError.is(error)) return false;
  const { code, outcome, retryable } = error;
  if (code === "BACKEND_TIMEOUT" || code === "BACKEND_CLOSED" || code === "BACKEND_REPLY_INVALID") return false;
  return retryable || outcome === "unknown";
}
