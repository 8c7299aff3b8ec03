import { longestTimerMs } from "../../timing/race-deadline.ts";
import type { SharedCall, Typed } from "./shared-call.ts";
import type { Ticket } from "./ticket.ts";

/** A backend ends its calls a moment after their deadline, when a busy process has read its sockets. */
const marginMs = 10;
/** What watches over a backend that doesn't gives its calls 25 ms more; its errors still come first. */
const unkeptMs = 35;
/** With less left, what is sent would hardly be answered in time and end in doubt; without, nothing has been applied. */
const leastMs = 10;
/** Stands for a deadline that isn't known yet, and is asked for again then. */
const unknownMs = 25;

export interface PatienceOptions<Item, Answer> {
  /** As in `KeyValueBackend`. */
  readonly deadlineMs: (bytes: number) => number | undefined;
  /** Has to end the caller's wait. */
  readonly onTimeUp: (ticket: Ticket<Item, Answer>) => void;
}

/**
 * How long callers wait who have brought no deadline: for one of the backend's own, that of the call under way, since they
 * asked or since the store last answered one of the calls, whichever came later. So a queue takes as long as it takes while
 * the store answers, and ends with everybody's first deadline when it doesn't.
 */
export class Patience<Item extends Typed, Answer> {
  readonly #options: PatienceOptions<Item, Answer>;
  readonly #callers = new Set<Ticket<Item, Answer>>();
  /** The latest call; `undefined` while nobody waits for one. */
  #call: SharedCall<Item, Answer> | undefined;
  /** When it should end, by the clock of `performance.now()`; `undefined` if that is left to the backend. */
  #endsAt: number | undefined;
  #sentAt = Number.NEGATIVE_INFINITY;
  #renewedAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PatienceOptions<Item, Answer>) {
    this.#options = options;
  }

  add(ticket: Ticket<Item, Answer>): void {
    this.#callers.add(ticket);
    // Who comes later isn't due sooner, but for the difference of the margins: a timer that is set will do.
    if (this.#call !== undefined && this.#timer === undefined) this.#look();
  }

  delete(ticket: Ticket<Item, Answer>): void {
    this.#callers.delete(ticket);
    if (this.#callers.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Nobody waits for anything any more: whoever comes next is sent at once. */
  rest(): void {
    this.#call = undefined;
  }

  /**
   * Notes that a call is sent now, and says by when it should end: by the latest of its callers' deadlines. That is the
   * backend's own, and the whole of it, where one of them has waited for nothing but answers.
   */
  begin(call: SharedCall<Item, Answer>): { timeoutMs?: number; waitedMs?: number } {
    const isStalled = this.#isStalled;
    const now = performance.now();
    this.#call = call;
    this.#sentAt = now;
    // One that isn't known has just been counted anew, so nothing hangs on it.
    const deadlineMs = this.#deadlineMs(call.bytes) ?? unknownMs;
    let waitedMs = Number.POSITIVE_INFINITY;
    let broughtMs = Number.NEGATIVE_INFINITY;
    for (const ticket of call.portions.keys()) {
      const leftMs = ticket.leftMs(now);
      if (leftMs === undefined) waitedMs = Math.min(waitedMs, this.#waitedMs(ticket, now));
      else broughtMs = Math.max(broughtMs, leftMs);
    }
    const isWhole = waitedMs < Number.POSITIVE_INFINITY && !isStalled;
    const leftMs = deadlineMs - waitedMs;
    this.#endsAt = isWhole ? undefined : now + Math.max(broughtMs, leftMs);
    this.#look();
    if (isWhole) return {};
    return broughtMs > leftMs ? { timeoutMs: Math.max(1, broughtMs) } : { waitedMs };
  }

  /** The store has answered: from now on everybody has a whole deadline again. */
  renew(): void {
    this.#renewedAt = performance.now();
  }

  /** Ends those for whom it is too late to send anything: a call has failed, and has taken their time. */
  dismiss(): void {
    const deadlineMs = this.#isStalled ? this.#deadlineMs(0) : undefined;
    if (deadlineMs === undefined) return;
    const now = performance.now();
    for (const ticket of this.#callers) {
      if (deadlineMs - this.#waitedMs(ticket, now) < leastMs) this.#end(ticket);
    }
  }

  /** Whether the call before hasn't been answered. */
  get #isStalled(): boolean {
    return this.#call !== undefined && this.#sentAt > this.#renewedAt;
  }

  /** Ends those whose time is up, and looks again when the next one's is. */
  #look(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const deadlineMs = this.#deadlineMs(this.#call?.bytes ?? 0) ?? unknownMs;
    const now = performance.now();
    let nextAt = Number.POSITIVE_INFINITY;
    for (const ticket of this.#callers) {
      const dueAt = this.#dueAt(ticket, deadlineMs);
      if (dueAt > now) nextAt = Math.min(nextAt, dueAt);
      else this.#end(ticket);
    }
    if (nextAt === Number.POSITIVE_INFINITY) return;
    this.#timer = setTimeout(() => this.#look(), Math.min(Math.ceil(nextAt - now), longestTimerMs));
  }

  #dueAt(ticket: Ticket<Item, Answer>, deadlineMs: number): number {
    const ownAt = Math.max(ticket.askedAt, this.#renewedAt) + deadlineMs;
    if (!this.#call?.portions.has(ticket)) return ownAt + marginMs;
    if (this.#endsAt === undefined) return Number.POSITIVE_INFINITY;
    // Who ends with the call is left to it: its error knows more.
    return this.#endsAt - ownAt > marginMs ? ownAt : this.#endsAt + unkeptMs;
  }

  #end(ticket: Ticket<Item, Answer>): void {
    this.#callers.delete(ticket);
    this.#options.onTimeUp(ticket);
  }

  #deadlineMs(bytes: number): number | undefined {
    const deadlineMs = this.#options.deadlineMs(bytes);
    // What a backend doesn't count isn't counted here.
    if (deadlineMs === undefined) this.renew();
    return deadlineMs;
  }

  #waitedMs({ askedAt }: Ticket<Item, Answer>, now: number): number {
    return now - Math.max(askedAt, this.#renewedAt);
  }
}
