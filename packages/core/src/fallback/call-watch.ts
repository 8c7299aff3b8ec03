import { type Linked, LinkedSet } from "../linked-set.ts";
import { longestTimerMs } from "../timing/race-deadline.ts";
import { startUnreferencedTimer } from "../timing/unreferenced-timer.ts";

/** Something that has to end by itself, and is ended if it doesn't. */
export interface Watched extends Linked<Watched> {
  /** On the clock of `performance.now()`. */
  dueAt: number;
  /** Called when it is due. Has either ended, or moved `dueAt`, when it returns. */
  expire(): void;
  /** Called instead when the watch is closed. */
  abandon(): void;
}

/** A timer this much too late isn't going to fire: a worker's timers end with the request that set them. */
const lostAfterMs = 1_000;

/**
 * Ends what is overdue, with one timer for everything: a backend that keeps its deadlines ends its calls long before, so
 * none of them should have to pay for a timer of its own.
 */
export class CallWatch {
  readonly #watched = new LinkedSet<Watched>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #firesAt = Number.POSITIVE_INFINITY;
  #isClosed = false;

  add(watched: Watched, nowMs: number): void {
    if (this.#isClosed) {
      watched.abandon();
      return;
    }
    this.#watched.add(watched);
    if (nowMs > this.#firesAt + lostAfterMs) this.#expire();
    else if (watched.dueAt < this.#firesAt) this.#fireAt(watched.dueAt, nowMs);
  }

  delete(watched: Watched): void {
    this.#watched.delete(watched);
  }

  has(watched: Watched): boolean {
    return this.#watched.has(watched);
  }

  /** Abandons all that is watched, and what is added later. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const watched of this.#watched.toArray()) {
      this.#watched.delete(watched);
      watched.abandon();
    }
  }

  #fireAt(dueAt: number, nowMs: number): void {
    clearTimeout(this.#timer);
    this.#firesAt = dueAt;
    if (dueAt === Number.POSITIVE_INFINITY) return;
    // Below 0 where a caller's deadline is, which the primary refuses: runtimes warn of such timers.
    const delay = Math.min(Math.max(dueAt - nowMs, 0), longestTimerMs);
    this.#timer = startUnreferencedTimer(() => this.#expire(), delay);
  }

  #expire(): void {
    const now = performance.now();
    for (const watched of this.#watched.toArray()) if (watched.dueAt <= now) watched.expire();
    // Anew, as an end may have begun something, such as a ping.
    let next = Number.POSITIVE_INFINITY;
    for (const { dueAt } of this.#watched.toArray()) next = Math.min(next, dueAt);
    this.#fireAt(next, now);
  }
}
