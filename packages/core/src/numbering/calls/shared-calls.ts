import type { BackendOperationOptions, OperationOptions } from "../../backend.ts";
import { BackendError } from "../../errors/backend-error.ts";
import { raceDeadline } from "../../timing/race-deadline.ts";
import { NumberingError } from "../numbering-error.ts";
import { Patience } from "./patience.ts";
import { SharedCall, type Typed } from "./shared-call.ts";
import { Ticket } from "./ticket.ts";

/** The answer of one call, or of all the calls that a caller's items took. */
export interface Answered<Answer> {
  /** The lowest of all calls, so that what was answered before an erasure doesn't count as answered after it. */
  readonly epoch: number;
  /** When the scope was born; 0 if it doesn't exist, or if the calls were answered under different births. */
  readonly born: number;
  /** The lowest of all calls; null for ever. */
  readonly remainingMs: number | null;
  /** In the order of the items. */
  readonly answers: readonly Answer[];
}

/** The options that a call is sent with. */
export type SendOptions = Pick<BackendOperationOptions, "timeoutMs" | "waitedMs" | "signal">;

export interface SharedCallsOptions<Item, Answer> {
  /** Names the operation in errors. */
  readonly operation: string;
  /** Items of the same type and key are sent once, and share the answer. */
  readonly keyOf: (item: Item) => string | number;
  readonly bytesOf: (item: Item) => number;
  /** As in `KeyValueBackend`. */
  readonly deadlineMs: (bytes: number) => number | undefined;
  /** One script call, safe to repeat. */
  readonly send: (items: readonly Item[], options: SendOptions) => Promise<Answered<Answer>>;
  /** Turns an answer into the one for everyone but the first who asks for the same item in one call. */
  readonly again: (answer: Answer) => Answer;
}

/** How long a call that doesn't end may hold up the next one: longer than a backend's own deadline is likely to be. */
export const longestHoldMs = 10_000;

/**
 * Lets callers share script calls. A lone caller's items are sent at once. While that call runs, the items of later callers
 * are collected, and sent together in the next one. Only one call runs at a time, so that nobody occupies the server for long.
 *
 * A call that doesn't end holds up the next one until all of its callers have given up, but ten seconds at most, even if
 * the backend respects neither deadlines nor signals. Callers who still wait for it are answered whenever it ends.
 *
 * Items of one caller that fit into one call aren't split. Callers with more items than that take turns with the others. A
 * caller who gives up, or whose items make a call fail, doesn't affect the others. A call is aborted once all of its callers
 * have given up.
 *
 * {@link Patience} decides how long a caller without a deadline waits. Waiting for a turn is part of that time.
 */
export class SharedCalls<Item extends Typed, Answer> {
  readonly #options: SharedCallsOptions<Item, Answer>;
  #waiting: Ticket<Item, Answer>[] = [];
  /** Those of whose items the last call took only a part. They stand behind all others, whenever they came. */
  #served: Ticket<Item, Answer>[] = [];
  #running = false;
  readonly #patience: Patience<Item, Answer>;
  /** The error of the latest call, if it is known to have had no effect. */
  #failure: BackendError | undefined;

  constructor(options: SharedCallsOptions<Item, Answer>) {
    this.#options = options;
    this.#patience = new Patience({
      deadlineMs: options.deadlineMs,
      onTimeUp: (ticket) => ticket.fail((ticket.next === 0 && this.#failure) || this.#timeout(ticket)),
    });
  }

  /** Resolves when all items are answered. Without items it asks nothing, and the epoch is 0. */
  async ask(items: readonly Item[], options: OperationOptions = {}): Promise<Answered<Answer>> {
    options.signal?.throwIfAborted();
    if (items.length === 0) return { epoch: 0, born: 0, remainingMs: null, answers: [] };
    const ticket = new Ticket<Item, Answer>(items, this.#options.bytesOf, options.timeoutMs);
    const waited = raceDeadline(ticket.answered, {
      timeoutMs: options.timeoutMs,
      signal: options.signal,
      onTimeout: () => this.#timeout(ticket),
    });
    this.#waiting.push(ticket);
    if (options.timeoutMs === undefined) this.#patience.add(ticket);
    if (!this.#running) void this.#run();
    try {
      return await waited;
    } finally {
      ticket.leave();
      this.#patience.delete(ticket);
    }
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (let call = this.#collect(); call.items.length > 0; call = this.#collect()) await this.#send(call);
    this.#running = false;
    this.#patience.rest();
  }

  #collect(): SharedCall<Item, Answer> {
    this.#patience.dismiss();
    const call = new SharedCall<Item, Answer>(this.#options.keyOf, this.#options.bytesOf);
    const waiting = [...this.#waiting, ...this.#served].filter((ticket) => !ticket.left);
    // A ticket that doesn't fit beside the others is the first in the next call, so none waits for ever.
    const end = waiting.findIndex((ticket) => {
      if (!call.hasRoomFor(ticket)) return true;
      call.takeFrom(ticket);
      return false;
    });
    const reached = end < 0 ? waiting : waiting.slice(0, end);
    const unfinished = reached.filter((ticket) => ticket.peek() !== undefined);
    this.#served = unfinished.filter((ticket) => call.portions.has(ticket));
    this.#waiting = [...unfinished.filter((ticket) => !call.portions.has(ticket)), ...waiting.slice(reached.length)];
    return call;
  }

  /** Resolves when the next call may go out, and never rejects. */
  async #send(call: SharedCall<Item, Answer>): Promise<void> {
    const tickets = [...call.portions.keys()];
    const allLeft = new AbortController();
    const leave = () => {
      // The platform's default reason is an error with a stack, which nobody would read.
      if (tickets.every((ticket) => ticket.left)) allLeft.abort("all callers have left");
    };
    for (const ticket of tickets) ticket.onLeave = leave;
    leave();
    if (allLeft.signal.aborted) return;
    const held = { signal: allLeft.signal, timeoutMs: longestHoldMs, onTimeout: () => new Error("held long enough") };
    await raceDeadline(this.#answer(call, allLeft.signal), held).catch(() => undefined);
  }

  async #answer(call: SharedCall<Item, Answer>, signal: AbortSignal): Promise<void> {
    const tickets = [...call.portions.keys()];
    try {
      const answered = await this.#options.send(call.items, { signal, ...this.#patience.begin(call) });
      this.#noteAnswer();
      this.#tell(call, answered);
    } catch (error) {
      if (NumberingError.is(error)) this.#noteAnswer();
      else this.#failure = BackendError.is(error) && error.outcome === "not-applied" ? error : undefined;
      if (tickets.length > 1 && NumberingError.is(error)) {
        // One caller's corrupt record is no concern of the others. Nothing has been written, so each is asked for alone.
        for (const own of call.split()) {
          this.#patience.dismiss();
          await this.#send(own);
        }
      } else {
        for (const ticket of tickets) ticket.fail(error);
      }
    }
  }

  #noteAnswer(): void {
    this.#patience.renew();
    this.#failure = undefined;
  }

  #tell({ portions }: SharedCall<Item, Answer>, answered: Answered<Answer>): void {
    const told: boolean[] = [];
    for (const [ticket, { from, places }] of portions) {
      const answers = places.map((place) => {
        const answer = answered.answers[place] as Answer;
        const first = told[place] === undefined;
        told[place] = true;
        return first ? answer : this.#options.again(answer);
      });
      ticket.receive(from, { ...answered, answers });
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
