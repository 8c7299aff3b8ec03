import type { Duration, OperationOptions } from "@keyward/core";
import { type ConcurrencyLimiterOptions, resolveConcurrencyOptions } from "./options.ts";
import type { Slot, SlotRefusal } from "./slot.ts";
import { SlotLimiter } from "./slot-limiter.ts";

export interface AcquireOptions extends OperationOptions {
  /** The longest to wait for a slot; 0 to take one now or not at all. @default "30s" */
  readonly maxWait?: Duration | 0;
  /**
   * How many may run at a time, this one included, such as by the caller's plan. Slots that are held already stay held, whatever
   * the limit becomes.
   *
   * @default the limiter's own `limit`
   */
  readonly limit?: number;
}

/** What came of `run`: the work's result, or why it wasn't started. */
export type RunResult<Value> = { readonly acquired: true; readonly value: Value } | SlotRefusal;

/** How many hold and wait for a slot of one key at this moment. */
export interface SlotUse {
  readonly limit: number;
  readonly held: number;
  readonly waiting: number;
}

/**
 * Lets `limit` pieces of work run at a time for each key, across all instances. A key is whatever has a limit of its own: a
 * tenant, a model, an account at a provider. The store sees only a digest of it.
 *
 * Slots are never given out without the store. While it can't be reached, `acquire` rejects with a `BackendError`, and work
 * that is running goes on until its lease ends.
 */
export interface ConcurrencyLimiter {
  /**
   * Takes a slot, or waits for one: first come, first served, across all instances.
   *
   * Each question to the store is one atomic step, so the limit is never exceeded. A refusal is a value, not an error. If
   * `signal` aborts, the call rejects with its reason and gives up its place in the queue; a slot that is already held is
   * kept. `timeoutMs` applies to each question to the store.
   *
   * @throws {BackendError} if the store can't be reached. A slot that may have been taken is freed by the end of its lease.
   * @throws {ConfigurationError} for an invalid key, wait or limit.
   */
  acquire(key: string, options?: AcquireOptions): Promise<Slot | SlotRefusal>;
  /**
   * Runs work in a slot, and releases the slot when the work is over, however it ends. A `Response` resolves before its body has
   * come: read the body within the work, or use `respond`, or another piece of work starts while the body is still coming.
   *
   * @param work gets a signal that aborts when the lease is lost or `options.signal` aborts, whichever comes first
   * @throws whatever the work or `acquire` throws.
   */
  run<Value>(
    key: string,
    work: (signal: AbortSignal) => Value | PromiseLike<Value>,
    options?: AcquireOptions,
  ): Promise<RunResult<Value>>;
  /**
   * Runs work that answers with a `Response`, and holds the slot until nothing more of its body can come: it has been read to its
   * end, it breaks, its reader cancels it, or the signal aborts. The slot is given back before the reader is told of the end.
   * The body has to be read or cancelled, since the slot is held until then.
   *
   * @param work as in `run`. Its signal lasts as long as the body, which fails with the signal's reason
   * @returns a copy of the response, without its `url`
   * @throws whatever the work or `acquire` throws.
   */
  respond(
    key: string,
    work: (signal: AbortSignal) => Response | PromiseLike<Response>,
    options?: AcquireOptions,
  ): Promise<RunResult<Response>>;
  /** How many hold a slot and how many wait for one, without taking any. @throws {BackendError} */
  peek(key: string, options?: OperationOptions): Promise<SlotUse>;
}

/**
 * Makes a concurrency limiter: n at a time across all instances, first come, first served, with leases that free the slots of
 * processes that die.
 *
 * @example
 * ```ts
 * const limiter = createConcurrencyLimiter({ limit: 4 });
 * const call = async (signal: AbortSignal) => (await fetch("https://model.example/v1/messages", { signal })).text();
 * const answer = await limiter.run("tenant-7", call);
 * if (!answer.acquired) console.warn(`${answer.held} run, ${answer.waiting} wait`);
 * ```
 * @throws {ConfigurationError} naming the option that can't be used.
 */
export function createConcurrencyLimiter(options: ConcurrencyLimiterOptions): ConcurrencyLimiter {
  return new SlotLimiter(resolveConcurrencyOptions(options));
}
