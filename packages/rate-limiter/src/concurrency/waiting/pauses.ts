import { backoffDelay } from "@keyward/core";

/** How soon it asks again at first, and how seldom in the end. */
interface Pace {
  readonly firstMs: number;
  readonly longestMs: number;
}

const free: Pace = { firstMs: 100, longestMs: 2_000 };
/** Where each question costs money. */
const billed: Pace = { firstMs: 500, longestMs: 5_000 };

/** Beyond two pauses, for a question that is answered late. */
const slackMs = 1_000;

/**
 * When one who waits asks again: ever less often, spread so that a fleet doesn't ask in step; seldom from the start where it
 * is called when its turn comes.
 *
 * @param asked how many times it has asked, from 1
 */
export function pauseBefore(asked: number, { isCalled, isBilled }: { isCalled: boolean; isBilled: boolean }): number {
  const { firstMs, longestMs } = isBilled ? billed : free;
  return Math.ceil(backoffDelay(asked, isCalled ? longestMs : firstMs, longestMs));
}

/**
 * How long its place in the queue stands: so that one question may fail, and one who is gone holds up those behind for no
 * longer than that.
 */
export function placeMsFor(pauseMs: number): number {
  return 2 * pauseMs + slackMs;
}
