import type { Duration, OperationOptions } from "@keyward/core";
import { type ConcurrencyLimiterOptions, resolveConcurrencyOptions } from "./options.ts";
import type { Slot, SlotRefusal } from "./slot.ts";
import { SlotLimiter } from "./slot-limiter.ts";

export interface AcquireOptions extends OperationOptions {
  /** How long to wait for a slot at most; 0 to take one now or not at all. @default "30s" */
  readonly maxWait?: Duration | 0;
  /**
   * How many may run at a time as far as this one is concerned, such as the number of a caller's plan. Who holds a slot
   * keeps it, whatever the limit becomes.
   *
   * @default the limiter's own `limit`
   */
  readonly limit?: number;
}

/** What `run` did: the work's result, or why it didn't begin. */
export type RunResult<Value> = { readonly acquired: true; readonly value: Value } | SlotRefusal;

/** Under one key, now. */
export interface SlotUse {
  readonly limit: number;
  readonly held: number;
  readonly waiting: number;
}

/**
 * Lets `limit` pieces of work run at a time for each key, on all instances together. A key is whatever has its own limit: a
 * tenant, a model, an account at a provider. The store sees only a digest of it.
 *
 * Slots are never given out without the store: while it can't be asked, acquiring fails with a `BackendError`, and work that
 * runs goes on until its lease ends.
 */
export interface ConcurrencyLimiter {
  /**
   * Takes a slot, or waits for one: first come, first served, over all instances.
   *
   * One atomic step on the store each time that it asks, so no more than the limit ever hold a slot. A refusal is a value.
   * An abort of `signal` rejects with its reason and gives up the place in the queue; a slot that is held isn't touched by it.
   * `timeoutMs` is for each question to the store.
   *
   * @throws {BackendError} if the store can't be asked. Its lease ends what may have been taken.
   * @throws {ConfigurationError} for a key, wait or limit that can't be used.
   */
  acquire(key: string, options?: AcquireOptions): Promise<Slot | SlotRefusal>;
  /**
   * Runs work in a slot, which is released when the work ends, however it ends. A `Response` is there before its body is: read
   * it within the work, or hand it on by `respond`. Else another runs while it is still coming.
   *
   * @param work gets a signal that aborts when the lease is lost or `options.signal` aborts, whichever comes first
   * @throws whatever the work throws, and what `acquire` does.
   */
  run<Value>(
    key: string,
    work: (signal: AbortSignal) => Value | PromiseLike<Value>,
    options?: AcquireOptions,
  ): Promise<RunResult<Value>>;
  /**
   * Runs work that answers with a `Response`, and holds the slot until nothing of its body is left to come: it has been read to
   * its end, it breaks, its reader cancels it, or the signal aborts. The slot is given back before the reader is told of the
   * end. The body has to be read or cancelled: until then the slot is held.
   *
   * @param work as in `run`. Its signal lives as long as the body, which ends with the signal's reason
   * @returns a copy of the response, without its `url`
   * @throws whatever the work throws, and what `acquire` does.
   */
  respond(
    key: string,
    work: (signal: AbortSignal) => Response | PromiseLike<Response>,
    options?: AcquireOptions,
  ): Promise<RunResult<Response>>;
  /** How many hold a slot and how many wait, now. @throws {BackendError} */
  peek(key: string, options?: OperationOptions): Promise<SlotUse>;
}

/**
 * Makes a concurrency limiter: n at a time across the fleet, first come first served, with leases.
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
