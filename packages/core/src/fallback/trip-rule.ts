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
 *
 * Five refusals in a row of one write will do, whatever becomes of other operations: a store that is full, or a replica,
 * goes on answering reads.
 */
export class TripRule {
  readonly #window = new ErrorWindow();
  #consecutive = 0;
  /** Refusals in a row, by operation; none for an operation that was answered last. */
  readonly #refusals = new Map<string, number>();

  /** Failures since the last answer. */
  get consecutive(): number {
    return this.#consecutive;
  }

  noteAnswer(nowMs: number, durationMs: number, operation: string): void {
    this.#consecutive = 0;
    if (this.#refusals.size > 0) this.#refusals.delete(operation);
    this.#window.countAnswer(nowMs, durationMs);
  }

  /**
   * Says which bound this failure passes, if any.
   *
   * @param refused the operation, if it is a write that the store is known not to have taken
   */
  noteFailure(nowMs: number, refused?: string): TripReason | undefined {
    this.#consecutive += 1;
    this.#window.countError(nowMs);
    const refusals = refused === undefined ? 0 : this.#countRefusal(refused);
    if (Math.max(this.#consecutive, refusals) >= mostConsecutive) return "consecutive-failures";
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
    this.#refusals.clear();
    this.#window.clear();
  }

  #countRefusal(operation: string): number {
    const refusals = (this.#refusals.get(operation) ?? 0) + 1;
    this.#refusals.set(operation, refusals);
    return refusals;
  }

  #failsMoreThanOneIn(count: number, nowMs: number): boolean {
    const { calls, errors } = this.#window.read(nowMs);
    return calls >= leastCalls && errors >= leastErrors && errors * count > calls;
  }
}
