import type { OperationOptions } from "../backend.ts";
import { BackendError } from "../errors/backend-error.ts";
import { raceDeadline } from "../race-deadline.ts";
import { callLimits } from "./call-limits.ts";
import { Ticket } from "./ticket.ts";

/** What one call, or all the calls that a caller's items took, answered. */
export interface Answered<Answer> {
  /** The lowest of all calls: what was answered before a change must not count as answered after it. */
  readonly epoch: number;
  /** The least of all calls, null for ever. */
  readonly remainingMs: number | null;
  /** In the order of the items. */
  readonly answers: readonly Answer[];
}

export interface SharedCallsOptions<Item, Answer> {
  /** Names the operation in errors. */
  readonly operation: string;
  /** Items with one identity go once and share the answer. */
  readonly identityOf: (item: Item) => string;
  readonly bytesOf: (item: Item) => number;
  /** One script call, safe to repeat. */
  readonly send: (items: readonly Item[], options: OperationOptions) => Promise<Answered<Answer>>;
  /** What the second and later askers of one item in one call are told. */
  readonly again: (answer: Answer) => Answer;
}

/** The items of one script call, and where their answers go. */
interface Call<Item, Answer> {
  readonly items: readonly Item[];
  readonly portions: ReadonlyMap<Ticket<Item, Answer>, { readonly from: number; readonly places: readonly number[] }>;
}

/**
 * Lets callers share script calls. A lone caller's call goes out at once; while it runs, what later callers bring
 * collects, and goes out together in the next one. Only one call runs at a time, so nobody holds up the server for long.
 *
 * What fits one call isn't split; what doesn't takes turns with the others. A caller who gives up, or whose call fails,
 * takes nobody along; a call ends early when all its callers have given up.
 */
export class SharedCalls<Item, Answer> {
  readonly #options: SharedCallsOptions<Item, Answer>;
  #waiting: Ticket<Item, Answer>[] = [];
  #running = false;

  constructor(options: SharedCallsOptions<Item, Answer>) {
    this.#options = options;
  }

  /** Resolves when all items are answered. Without items nothing is asked, and the epoch is 0. */
  async ask(items: readonly Item[], options: OperationOptions = {}): Promise<Answered<Answer>> {
    options.signal?.throwIfAborted();
    if (items.length === 0) return { epoch: 0, remainingMs: null, answers: [] };
    const ticket = new Ticket<Item, Answer>(items, this.#options.bytesOf, options.timeoutMs);
    const waited = raceDeadline(ticket.answered, {
      timeoutMs: options.timeoutMs,
      signal: options.signal,
      onTimeout: () => this.#timeout(ticket),
    });
    this.#waiting.push(ticket);
    if (!this.#running) void this.#run();
    try {
      return await waited;
    } finally {
      ticket.leave();
    }
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (let call = this.#collect(); call.items.length > 0; call = this.#collect()) await this.#send(call);
    this.#running = false;
  }

  #collect(): Call<Item, Answer> {
    const items: Item[] = [];
    const portions = new Map<Ticket<Item, Answer>, { from: number; places: number[] }>();
    const placeOf = new Map<string, number>();
    const unserved: Ticket<Item, Answer>[] = [];
    const served: Ticket<Item, Answer>[] = [];
    let bytes = 0;
    const waiting = this.#waiting.filter((ticket) => !ticket.left);
    for (const [turn, ticket] of waiting.entries()) {
      const fits = ticket.fits(callLimits.items - items.length, callLimits.bytes - bytes);
      if (!fits && items.length > 0 && ticket.fits(callLimits.items, callLimits.bytes)) {
        unserved.push(...waiting.slice(turn));
        break;
      }
      const places: number[] = [];
      const from = ticket.next;
      for (let item = ticket.peek(); item !== undefined; item = ticket.peek()) {
        const identity = this.#options.identityOf(item);
        const place = placeOf.get(identity) ?? items.length;
        if (place === items.length) {
          const size = this.#options.bytesOf(item);
          const full = items.length === callLimits.items || bytes + size > callLimits.bytes;
          if (full && items.length > 0) break;
          bytes += size;
          items.push(item);
          placeOf.set(identity, place);
        }
        places.push(place);
        ticket.take();
      }
      if (places.length > 0) portions.set(ticket, { from, places });
      if (ticket.peek() !== undefined) (places.length > 0 ? served : unserved).push(ticket);
    }
    this.#waiting = [...unserved, ...served];
    return { items, portions };
  }

  async #send({ items, portions }: Call<Item, Answer>): Promise<void> {
    const tickets = [...portions.keys()];
    const allLeft = new AbortController();
    const leave = () => {
      if (tickets.every((ticket) => ticket.left)) allLeft.abort();
    };
    for (const ticket of tickets) ticket.onLeave = leave;
    const times = tickets.map((ticket) => ticket.leftMs());
    const timeoutMs = Math.max(1, ...times.map((time) => time ?? Number.POSITIVE_INFINITY));
    const deadline = Number.isFinite(timeoutMs) ? { timeoutMs } : {};
    try {
      const answered = await this.#options.send(items, { signal: allLeft.signal, ...deadline });
      const told = new Set<number>();
      for (const [ticket, { from, places }] of portions) {
        const answers = places.map((place) => {
          const answer = answered.answers[place] as Answer;
          if (told.has(place)) return this.#options.again(answer);
          told.add(place);
          return answer;
        });
        ticket.receive(from, { ...answered, answers });
      }
    } catch (error) {
      for (const ticket of tickets) ticket.fail(error);
    }
  }

  #timeout(ticket: Ticket<Item, Answer>): BackendError {
    const { operation } = this.#options;
    return new BackendError("BACKEND_TIMEOUT", `${operation} took longer than its deadline`, {
      operation,
      outcome: ticket.next > 0 ? "unknown" : "not-applied",
      retryable: true,
    });
  }
}
