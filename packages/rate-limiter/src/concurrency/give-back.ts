import { backoffDelay, startUnreferencedTimer } from "@keyward/core";

/**
 * Gives something back to a store that may be away. If the first try fails, it tries again in the background until the thing
 * has expired by itself. Never rejects.
 *
 * @param until when it has expired, on the monotonic clock
 * @returns what the first try returned, or undefined if it failed
 */
export async function giveBack<Result>(
  give: () => Promise<Result>,
  until: number,
  onFailure: (error: unknown) => void,
): Promise<Result | undefined> {
  try {
    return await give();
  } catch (error) {
    onFailure(error);
    tryLater(give, until, 1);
    return undefined;
  }
}

function tryLater(give: () => Promise<unknown>, until: number, failures: number): void {
  const delayMs = backoffDelay(failures, 500, 5_000);
  if (performance.now() + delayMs >= until) return;
  startUnreferencedTimer(() => {
    give().catch(() => tryLater(give, until, failures + 1));
  }, delayMs);
}
