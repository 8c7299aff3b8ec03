import { longestTimerMs } from "../race-deadline.ts";
import type { SharedCall, Typed } from "./shared-call.ts";
import type { Ticket } from "./ticket.ts";

/** A backend ends its calls a moment after their deadline, as does what watches over one; their errors know more. */
const graceMs = 35;
/** With less left, what is sent would hardly be answered in time and end in doubt; without, nothing has been applied. */
const leastMs = 10;
/** How often a deadline that isn't known yet is asked for again. */
const askAgainMs = 25;

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
  /** The call under way, if the backend's whole deadline holds for it: then the backend ends those in it. */
  #leftToBackend: SharedCall<Item, Answer> | undefined;
  #isUnderWay = false;
  #bytes = 0;
  #sentAt = Number.NEGATIVE_INFINITY;
  #renewedAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PatienceOptions<Item, Answer>) {
    this.#options = options;
  }

  add(ticket: Ticket<Item, Answer>): void {
    this.#callers.add(ticket);
    // Who comes later is due later: a timer that is set already is set for somebody before.
    if (this.#isUnderWay && this.#timer === undefined) this.#look();
  }

  delete(ticket: Ticket<Item, Answer>): void {
    this.#callers.delete(ticket);
    if (this.#callers.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Nobody waits for anything any more: whoever comes next is sent at once. */
  rest(): void {
    this.#isUnderWay = false;
    this.#leftToBackend = undefined;
  }

  /**
   * Notes that a call is sent now.
   *
   * @returns how much of the backend's own deadline is gone for the callers in it, and what is left: all of it where one of
   * them has waited for nothing but answers. `undefined` where each has brought a deadline.
   */
  begin(call: SharedCall<Item, Answer>): { readonly waitedMs: number; readonly leftMs: number } | undefined {
    const isStalled = this.#isStalled;
    const patient = [...call.portions.keys()].filter((ticket) => this.#callers.has(ticket));
    this.#isUnderWay = true;
    this.#bytes = call.bytes;
    this.#sentAt = performance.now();
    const deadlineMs = this.#deadlineMs(call.bytes);
    const isWhole = !isStalled || deadlineMs === undefined;
    this.#leftToBackend = isWhole ? call : undefined;
    this.#look();
    if (patient.length === 0) return undefined;
    if (isWhole) return { waitedMs: 0, leftMs: Number.POSITIVE_INFINITY };
    const waitedMs = Math.min(...patient.map((ticket) => this.#waitedMs(ticket)));
    return { waitedMs, leftMs: deadlineMs - waitedMs };
  }

  /** The store has answered: from now on everybody has a whole deadline again. */
  renew(): void {
    this.#renewedAt = performance.now();
  }

  /** Ends those for whom it is too late to send anything: a call has failed, and has taken their time. */
  dismiss(): void {
    const deadlineMs = this.#isStalled ? this.#deadlineMs(0) : undefined;
    if (deadlineMs === undefined) return;
    for (const ticket of this.#callers) {
      if (deadlineMs - this.#waitedMs(ticket) < leastMs) this.#end(ticket);
    }
  }

  /** Whether the call before hasn't been answered. */
  get #isStalled(): boolean {
    return this.#isUnderWay && this.#sentAt > this.#renewedAt;
  }

  /** Ends those whose time is up, and looks again when the next one's is. */
  #look(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const deadlineMs = this.#deadlineMs(this.#bytes);
    let nextMs = Number.POSITIVE_INFINITY;
    for (const ticket of this.#callers) {
      if (this.#leftToBackend?.portions.has(ticket)) continue;
      const leftMs = deadlineMs === undefined ? askAgainMs : deadlineMs + graceMs - this.#waitedMs(ticket);
      if (leftMs > 0) nextMs = Math.min(nextMs, leftMs);
      else this.#end(ticket);
    }
    if (nextMs === Number.POSITIVE_INFINITY) return;
    this.#timer = setTimeout(() => this.#look(), Math.min(Math.ceil(nextMs), longestTimerMs));
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

  #waitedMs({ askedAt }: Ticket<Item, Answer>): number {
    return performance.now() - Math.max(askedAt, this.#renewedAt);
  }
}
