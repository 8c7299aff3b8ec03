import type { BackendOperationOptions, OperationOptions } from "../../backend.ts";
import { BackendError } from "../../errors/backend-error.ts";
import { raceDeadline } from "../../timing/race-deadline.ts";
import { NumberingError } from "../numbering-error.ts";
import { Patience } from "./patience.ts";
import { SharedCall, type Typed } from "./shared-call.ts";
import { Ticket } from "./ticket.ts";

/** What one call, or all the calls that a caller's items took, answered. */
export interface Answered<Answer> {
  /** The lowest of all calls: what was answered before a change must not count as answered after it. */
  readonly epoch: number;
  /** When the scope was born; 0 if there is none, or the calls were answered in different lives of it. */
  readonly born: number;
  /** The least of all calls, null for ever. */
  readonly remainingMs: number | null;
  /** In the order of the items. */
  readonly answers: readonly Answer[];
}

/** What a call is sent with. */
export type SendOptions = Pick<BackendOperationOptions, "timeoutMs" | "waitedMs" | "signal">;

export interface SharedCallsOptions<Item, Answer> {
  /** Names the operation in errors. */
  readonly operation: string;
  /** Items of one type with one key go once and share the answer. */
  readonly keyOf: (item: Item) => string | number;
  readonly bytesOf: (item: Item) => number;
  /** As in `KeyValueBackend`. */
  readonly deadlineMs: (bytes: number) => number | undefined;
  /** One script call, safe to repeat. */
  readonly send: (items: readonly Item[], options: SendOptions) => Promise<Answered<Answer>>;
  /** What the second and later askers of one item in one call are told. */
  readonly again: (answer: Answer) => Answer;
}

/** How long the next call waits for one whose callers brought no deadline: more than a backend's own is likely to be. */
export const longestHoldMs = 10_000;

/**
 * Lets callers share script calls. A lone caller's call goes out at once; while it runs, what later callers bring
 * collects, and goes out together in the next one. Only one call runs at a time, so nobody holds up the server for long.
 *
 * One that doesn't end holds up the next only until all its callers have given up, or for ten seconds: also where a
 * backend keeps neither deadlines nor signals. Its own callers are answered whenever it ends, if they still wait.
 *
 * What fits one call isn't split; what doesn't takes turns with the others. A caller who gives up, or whose call fails,
 * takes nobody along; a call ends early when all its callers have given up.
 *
 * Callers without a deadline wait for their turn as {@link Patience} says, and what is sent for them then has what is left.
 */
export class SharedCalls<Item extends Typed, Answer> {
  readonly #options: SharedCallsOptions<Item, Answer>;
  #waiting: Ticket<Item, Answer>[] = [];
  /** Those with items left of which the last call took some: behind all others, whenever they came. */
  #served: Ticket<Item, Answer>[] = [];
  #running = false;
  readonly #patience: Patience<Item, Answer>;
  /** Why the latest call came to nothing, where it is known to have had no effect. */
  #failure: BackendError | undefined;

  constructor(options: SharedCallsOptions<Item, Answer>) {
    this.#options = options;
    this.#patience = new Patience({
      deadlineMs: options.deadlineMs,
      onTimeUp: (ticket) => ticket.fail((ticket.next === 0 && this.#failure) || this.#timeout(ticket)),
    });
  }

  /** Resolves when all items are answered. Without items nothing is asked, and the epoch is 0. */
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
    // One that doesn't fit beside the others is the first next time, so none waits for ever.
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
      // With a reason of its own: the platform's default is an error with a stack, for nobody.
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
        // One caller's corrupt record is nothing to the others, and nothing has been written.
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
