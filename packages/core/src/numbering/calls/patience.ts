import { longestTimerMs } from "../../timing/race-deadline.ts";
import type { SharedCall, Typed } from "./shared-call.ts";
import type { Ticket } from "./ticket.ts";

/** Backends end a call a moment after its deadline, because a busy process reads its sockets first. */
const marginMs = 10;
/** `withFallback` gives a backend that keeps no deadlines 25 ms more. Its errors should still come first. */
const unkeptMs = 35;
/** With less time left, nothing is sent: it would hardly be answered in time, and then nobody would know if it was applied. */
const leastMs = 10;
/** Stands in for a deadline that isn't known yet. After this time the backend is asked for it again. */
const unknownMs = 25;

export interface PatienceOptions<Item, Answer> {
  /** As in `KeyValueBackend`. */
  readonly deadlineMs: (bytes: number) => number | undefined;
  /** Ends the caller's wait. */
  readonly onTimeUp: (ticket: Ticket<Item, Answer>) => void;
}

/**
 * Decides how long a caller without a deadline of its own waits: for the backend's deadline, counted from when the caller
 * asked or from the store's latest answer, whichever is later. So while the store answers, a queue takes as long as it needs.
 * When the store falls silent, everyone in the queue fails after one deadline.
 *
 * The deadline is that of the call under way, since backends give large calls more time.
 */
export class Patience<Item extends Typed, Answer> {
  readonly #options: PatienceOptions<Item, Answer>;
  readonly #callers = new Set<Ticket<Item, Answer>>();
  /** The latest call; `undefined` while none is needed. */
  #call: SharedCall<Item, Answer> | undefined;
  /** When it should end, by `performance.now()`; `undefined` if that is left to the backend. */
  #endsAt: number | undefined;
  #sentAt = Number.NEGATIVE_INFINITY;
  #renewedAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PatienceOptions<Item, Answer>) {
    this.#options = options;
  }

  add(ticket: Ticket<Item, Answer>): void {
    this.#callers.add(ticket);
    // A later caller isn't due any sooner, except for the small margins, so a timer that is set will do.
    if (this.#call !== undefined && this.#timer === undefined) this.#look();
  }

  delete(ticket: Ticket<Item, Answer>): void {
    this.#callers.delete(ticket);
    if (this.#callers.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** To be called when nobody waits any more: the next caller's items are sent at once. */
  rest(): void {
    this.#call = undefined;
  }

  /**
   * Notes that a call is sent now, and returns the time to send it with: that of the caller who may wait longest. If a
   * caller has waited for nothing but answers, that is the backend's whole deadline.
   */
  begin(call: SharedCall<Item, Answer>): { timeoutMs?: number; waitedMs?: number } {
    const isStalled = this.#isStalled;
    const now = performance.now();
    this.#call = call;
    this.#sentAt = now;
    // While it isn't known, everybody's wait starts anew, so the value here hardly matters.
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

  /** To be called when the store has answered: from now on everybody has a whole deadline again. */
  renew(): void {
    this.#renewedAt = performance.now();
  }

  /** After a failed call, ends those who have too little time left to send anything. */
  dismiss(): void {
    const deadlineMs = this.#isStalled ? this.#deadlineMs(0) : undefined;
    if (deadlineMs === undefined) return;
    const now = performance.now();
    for (const ticket of this.#callers) {
      if (deadlineMs - this.#waitedMs(ticket, now) < leastMs) this.#end(ticket);
    }
  }

  /** Whether the latest call hasn't been answered. */
  get #isStalled(): boolean {
    return this.#call !== undefined && this.#sentAt > this.#renewedAt;
  }

  /** Ends those whose time is up, and sets the timer for the next. */
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
    // A caller who is due at about the end of the call gets the call's error, which says more.
    return this.#endsAt - ownAt > marginMs ? ownAt : this.#endsAt + unkeptMs;
  }

  #end(ticket: Ticket<Item, Answer>): void {
    this.#callers.delete(ticket);
    this.#options.onTimeUp(ticket);
  }

  #deadlineMs(bytes: number): number | undefined {
    const deadlineMs = this.#options.deadlineMs(bytes);
    // While the backend doesn't count the time, nobody's wait counts here either.
    if (deadlineMs === undefined) this.renew();
    return deadlineMs;
  }

  #waitedMs({ askedAt }: Ticket<Item, Answer>, now: number): number {
    return now - Math.max(askedAt, this.#renewedAt);
  }
}
