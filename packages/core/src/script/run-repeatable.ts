import type { KeyValueBackend, RunOptions } from "../backend.ts";
import { BackendError } from "../errors/backend-error.ts";
import type { Script } from "./script.ts";

const mostRepeats = 2;
/** Without a `timeoutMs` a repeat gets the backend's whole deadline again, so it may only begin within this time. */
const soonMs = 25;

/**
 * Runs a script that can safely run twice, and runs it again (twice at most) if nobody knows whether it ran, for instance because
 * its reply was lost with the connection. All of this stays within `timeoutMs`, or within `soonMs` of the backend's own
 * deadline. A step that was not applied isn't repeated, since the backend has tried until its deadline, and nor is a timeout.
 */
export async function runRepeatable<Arguments, Reply>(
  backend: KeyValueBackend,
  script: Script<Arguments, Reply>,
  keys: readonly string[],
  input: Arguments,
  options: RunOptions,
): Promise<Reply> {
  const { timeoutMs, waitedMs, ...rest } = options;
  const start = performance.now();
  for (let repeats = 0; ; repeats += 1) {
    const goneMs = performance.now() - start;
    try {
      return await backend.run(script, keys, input, {
        ...rest,
        ...(timeoutMs !== undefined && { timeoutMs: timeoutMs - goneMs }),
        ...(waitedMs !== undefined && { waitedMs: waitedMs + goneMs }),
      });
    } catch (error) {
      const isLate = performance.now() - start >= (timeoutMs ?? soonMs);
      if (repeats === mostRepeats || isLate || !isInDoubt(error)) throw error;
    }
  }
}

function isInDoubt(error: unknown): boolean {
  return BackendError.is(error) && error.outcome === "unknown" && !final.includes(error.code);
}

/** Errors after which a repeat would end in the same way. */
const final: readonly string[] = ["BACKEND_TIMEOUT", "BACKEND_CLOSED", "BACKEND_REPLY_INVALID"];
