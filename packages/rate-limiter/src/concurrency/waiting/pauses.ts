import { backoffDelay } from "@keyward/core";

/** How soon a waiting attempt asks again at first, and how rarely in the end. */
interface Pace {
  readonly firstMs: number;
  readonly longestMs: number;
}

const free: Pace = { firstMs: 100, longestMs: 2_000 };
/** For stores on which each question costs money. */
const billed: Pace = { firstMs: 500, longestMs: 5_000 };

/** Added to two pauses, for a question that is answered late. */
const slackMs = 1_000;

/**
 * How long a waiting attempt pauses before it asks again: longer each time, and spread at random, so that many instances don't
 * ask in step. An attempt that is called when its turn comes pauses for the longest time from the start.
 *
 * @param asked how many times it has asked so far, at least once
 */
export function pauseBefore(asked: number, { isCalled, isBilled }: { isCalled: boolean; isBilled: boolean }): number {
  const { firstMs, longestMs } = isBilled ? billed : free;
  return Math.ceil(backoffDelay(asked, isCalled ? longestMs : firstMs, longestMs));
}

/**
 * How long a place in the queue lasts: long enough for one question to fail, and no longer, because the place of a process
 * that has died holds up everyone behind it.
 */
export function placeMsFor(pauseMs: number): number {
  return 2 * pauseMs + slackMs;
}
