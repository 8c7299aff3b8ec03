import { type Linked, LinkedSet } from "../linked-set.ts";
import { longestTimerMs } from "../timing/race-deadline.ts";
import { startUnreferencedTimer } from "../timing/unreferenced-timer.ts";

/** Something that should end by itself, and is ended if it doesn't. */
export interface Watched extends Linked<Watched> {
  /** When it should have ended, on the monotonic clock. */
  dueAt: number;
  /** Called when it is due. When it returns, it has either ended or moved `dueAt`. */
  expire(): void;
  /** Called instead when the watch is closed. */
  abandon(): void;
}

/** A timer that is this late will never fire: in Workers, timers end with the request that set them. */
const lostAfterMs = 1_000;

/**
 * Ends whatever is overdue, with one timer for everything. Most backends keep their own deadlines and end calls long before, so
 * calls shouldn't have to pay for a timer each.
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

  /** Abandons everything that is watched now or added later. */
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
    // A caller's deadline may be below 0, which the primary refuses. Runtimes warn of such timers.
    const delay = Math.min(Math.max(dueAt - nowMs, 0), longestTimerMs);
    this.#timer = startUnreferencedTimer(() => this.#expire(), delay);
  }

  #expire(): void {
    const now = performance.now();
    for (const watched of this.#watched.toArray()) if (watched.dueAt <= now) watched.expire();
    // Counted again, since an expired call may have begun something new, such as a ping.
    let next = Number.POSITIVE_INFINITY;
    for (const { dueAt } of this.#watched.toArray()) next = Math.min(next, dueAt);
    this.#fireAt(next, now);
  }
}
