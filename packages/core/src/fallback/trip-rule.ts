import type { TripReason } from "./backend-event.ts";
import { ErrorWindow } from "./error-window.ts";

const mostConsecutive = 5;
const leastCalls = 100;
const leastErrors = 5;
/** One failure in so many calls is the most. */
const tripsBelow = 100;
const warnsBelow = 2 * tripsBelow;

/**
 * When a store is taken for away: at the fifth failure in a row, or at a failure with which more than 1 % of the calls of
 * the last 30 s have failed, if those are at least 100 calls and 5 failures. The floor keeps noise from tripping it.
 */
export class TripRule {
  readonly #window = new ErrorWindow();
  #consecutive = 0;

  /** Failures since the last answer. */
  get consecutive(): number {
    return this.#consecutive;
  }

  noteAnswer(nowMs: number, durationMs: number): void {
    this.#consecutive = 0;
    this.#window.countAnswer(nowMs, durationMs);
  }

  /** Says which bound this failure passes, if any. */
  noteFailure(nowMs: number): TripReason | undefined {
    this.#consecutive += 1;
    this.#window.countError(nowMs);
    if (this.#consecutive >= mostConsecutive) return "consecutive-failures";
    return this.#failsMoreThanOneIn(tripsBelow, nowMs) ? "error-rate" : undefined;
  }

  /** Whether half of the rate that trips is exceeded, with enough calls to say so. */
  isNear(nowMs: number): boolean {
    return this.#failsMoreThanOneIn(warnsBelow, nowMs);
  }

  read(nowMs: number): ReturnType<ErrorWindow["read"]> {
    return this.#window.read(nowMs);
  }

  reset(): void {
    this.#consecutive = 0;
    this.#window.clear();
  }

  #failsMoreThanOneIn(count: number, nowMs: number): boolean {
    const { calls, errors } = this.#window.read(nowMs);
    return calls >= leastCalls && errors >= leastErrors && errors * count > calls;
  }
}
