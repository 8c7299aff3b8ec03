import type { TripReason } from "./backend-event.ts";
import { ErrorWindow } from "./error-window.ts";

const mostConsecutive = 5;
const leastCalls = 100;
const leastErrors = 5;
/** More than one failure in this many calls trips. */
const tripsBelow = 100;
const warnsBelow = 2 * tripsBelow;

/**
 * When a store counts as away: at the fifth failure in a row, or when more than 1 % of the calls of the last 30 s have failed,
 * given at least 100 calls and 5 failures, so that noise doesn't trip it.
 *
 * Five refusals in a row of one kind of write trip as well, whatever happens to other operations, because a store that is full,
 * or has become a replica, goes on answering reads.
 */
export class TripRule {
  readonly #window = new ErrorWindow();
  #consecutive = 0;
  /** Refusals in a row, by operation. An answer removes an operation from it. */
  readonly #refusals = new Map<string, number>();

  /** How many failures there have been since the last answer. */
  get consecutive(): number {
    return this.#consecutive;
  }

  noteAnswer(nowMs: number, durationMs: number, operation: string): void {
    this.#consecutive = 0;
    if (this.#refusals.size > 0) this.#refusals.delete(operation);
    this.#window.countAnswer(nowMs, durationMs);
  }

  /**
   * Returns which bound this failure exceeds, if any.
   *
   * @param refused the operation, if the store has refused a write
   */
  noteFailure(nowMs: number, refused?: string): TripReason | undefined {
    this.#consecutive += 1;
    this.#window.countError(nowMs);
    const refusals = refused === undefined ? 0 : this.#countRefusal(refused);
    if (Math.max(this.#consecutive, refusals) >= mostConsecutive) return "consecutive-failures";
    return this.#failsMoreThanOneIn(tripsBelow, nowMs) ? "error-rate" : undefined;
  }

  /** Whether more than half of the error rate that trips is reached, with enough calls to tell. */
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
