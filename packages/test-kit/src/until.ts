import { setTimeout as pause } from "node:timers/promises";

/**
 * Asks again and again until the answer is yes. For conditions that nobody announces, such as a Cluster's agreement.
 *
 * @throws after `timeoutMs`, with the last answer's error if there was one.
 */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  { timeoutMs = 20_000, everyMs = 20 } = {},
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  let lastError: unknown;
  for (;;) {
    try {
      if (await condition()) return;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (performance.now() > deadline) {
      throw new Error(`not within ${timeoutMs} ms: ${what}`, { cause: lastError });
    }
    await pause(everyMs);
  }
}
