import type { KeyValueBackend } from "../backend.ts";
import type { CallWatch, Watched } from "./call-watch.ts";
import { closedError, type Operation, sizeOf, timeoutError } from "./operation.ts";

const charactersPerMs = 1024;
/** Backends end their calls a moment after the deadline, when a busy process has read its sockets once more. */
const graceMs = 25;

/** How long a call without a deadline of its own is left to the primary, given how many characters it sends. */
export function deadlineFor(size: number, timeoutMs: number): number {
  return timeoutMs + Math.floor(size / charactersPerMs);
}

/** How a call ends: exactly one of these is called, once. */
export interface CallEnd<Result> {
  onAnswer(result: Result, call: WatchedCall<Result>): void;
  onFailure(error: unknown, call: WatchedCall<Result>): void;
}

/** A call to the primary that ends by its deadline, whatever the primary does. */
export class WatchedCall<Result> implements Watched {
  readonly operation: Operation<Result>;
  readonly startedAt = performance.now();
  dueAt: number;
  previous: Watched | undefined;
  next: Watched | undefined;
  /** Whether the primary hasn't ended it in time. */
  isForsaken = false;
  readonly #watch: CallWatch;
  readonly #timeoutMs: number;
  readonly #end: CallEnd<Result>;
  #isOver = false;
  #isInGrace = false;

  /** @param timeoutMs for an operation without one of its own; the size of the operation is added to it */
  constructor(operation: Operation<Result>, watch: CallWatch, timeoutMs: number, end: CallEnd<Result>) {
    this.operation = operation;
    this.#watch = watch;
    this.#timeoutMs = timeoutMs;
    this.#end = end;
    this.dueAt = this.startedAt + this.#allowedMs(0);
  }

  start(primary: KeyValueBackend): void {
    this.#watch.add(this, this.startedAt);
    if (this.#isOver) return;
    try {
      this.operation.send(primary).then(
        (result) => this.#finish() && this.#end.onAnswer(result, this),
        (error: unknown) => this.#fail(error),
      );
    } catch (error) {
      this.#fail(error);
    }
  }

  expire(): void {
    const now = performance.now();
    const allowedMs = this.#allowedMs(sizeOf(this.operation));
    if (now < this.startedAt + allowedMs) {
      this.dueAt = this.startedAt + allowedMs;
    } else if (!this.#isInGrace) {
      this.#isInGrace = true;
      this.dueAt = now + graceMs;
    } else {
      this.isForsaken = true;
      this.#fail(timeoutError(this.operation, allowedMs));
    }
  }

  abandon(): void {
    this.#fail(closedError(this.operation, true));
  }

  #allowedMs(size: number): number {
    const { timeoutMs, waitedMs = 0 } = this.operation.options ?? {};
    return timeoutMs ?? deadlineFor(size, this.#timeoutMs) - waitedMs;
  }

  #fail(error: unknown): void {
    if (this.#finish()) this.#end.onFailure(error, this);
  }

  #finish(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#watch.delete(this);
    return true;
  }
}
