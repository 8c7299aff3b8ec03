import {
  attachAsyncEnd,
  BackendError,
  ConfigurationError,
  notify,
  type OperationOptions,
  parseDuration,
} from "@keyward/core";
import { readCall } from "../check/check-options.ts";
import type { AcquireOptions, ConcurrencyLimiter, RunResult, SlotUse } from "./concurrency-limiter.ts";
import type { ConcurrencyEvent } from "./events.ts";
import { giveBack } from "./give-back.ts";
import { HeldSlot } from "./held-slot.ts";
import { checkSlots, type ResolvedConcurrencyOptions } from "./options.ts";
import { passOn } from "./pass-on.ts";
import { seekSlot } from "./seek-slot.ts";
import { unlessAborted, withEitherSignal } from "./signals.ts";
import type { Slot, SlotRefusal } from "./slot.ts";
import { type Attempt, SlotSteps } from "./slot-steps.ts";
import { WaitingRoom } from "./waiting/waiting-room.ts";

const noOptions: AcquireOptions = {};

/** An event without the name of the limiter, which `#tell` adds. Distributes over the union. */
type Told = ConcurrencyEvent extends infer Event
  ? Event extends ConcurrencyEvent
    ? Omit<Event, "limiter">
    : never
  : never;

/** What `createConcurrencyLimiter` makes: the slots on the store, those who wait for them, and what the observer is told. */
export class SlotLimiter implements ConcurrencyLimiter {
  readonly #options: ResolvedConcurrencyOptions;
  readonly #steps: SlotSteps;
  readonly #room: WaitingRoom;

  constructor(options: ResolvedConcurrencyOptions) {
    this.#options = options;
    this.#steps = new SlotSteps(options.backend, options.name);
    this.#room = new WaitingRoom(options.backend, options.name);
  }

  async acquire(key: string, given: AcquireOptions = noOptions): Promise<Slot | SlotRefusal> {
    const options = readCall(key, given, ["maxWait", "limit"]);
    const { maxWait = "30s", limit = this.#options.limit, signal } = options;
    checkSlots("limit", limit);
    const maxWaitMs = maxWait === 0 ? 0 : parseDuration("maxWait", maxWait);
    signal?.throwIfAborted();
    const work = this.#acquire({ key, id: randomId(), limit }, maxWaitMs, options);
    if (signal === undefined) return work;
    return unlessAborted(work, signal, (late) => {
      if (late.acquired) void late.release();
    });
  }

  async run<Value>(
    key: string,
    work: (signal: AbortSignal) => Value | PromiseLike<Value>,
    options: AcquireOptions = noOptions,
  ): Promise<RunResult<Value>> {
    if (typeof work !== "function")
      throw new ConfigurationError("work", "must be a function that takes a signal and returns a result");
    const slot = await this.acquire(key, options);
    if (!slot.acquired) return slot;
    try {
      return { acquired: true, value: await withEitherSignal(slot.signal, options.signal, work) };
    } finally {
      await slot.release();
    }
  }

  respond(
    key: string,
    work: (signal: AbortSignal) => Response | PromiseLike<Response>,
    options?: AcquireOptions,
  ): Promise<RunResult<Response>> {
    return new Promise((resolve, reject) => {
      const answer = async (signal: AbortSignal) =>
        passOn(await work(signal), signal, (value) => resolve({ acquired: true, value }));
      this.run(key, typeof work === "function" ? answer : work, options).then(
        (result) => (result.acquired ? result.value() : resolve(result)),
        reject,
      );
    });
  }

  async peek(key: string, given: OperationOptions = noOptions): Promise<SlotUse> {
    const { held, waiting } = await this.#steps.count(key, readCall(key, given));
    return { limit: this.#options.limit, held, waiting };
  }

  async #acquire(
    attempt: Attempt,
    maxWaitMs: number,
    { signal, timeoutMs }: AcquireOptions,
  ): Promise<Slot | SlotRefusal> {
    const { backend, leaseMs, maxWaiting } = this.#options;
    // An abort ends the caller's wait, not the question on its way: nobody would know what came of it.
    const operation: OperationOptions = timeoutMs === undefined ? {} : { timeoutMs };
    const startedAt = performance.now();
    try {
      const { answer, askedAt } = await seekSlot({
        id: attempt.id,
        maxWaitMs,
        signal,
        room: this.#room,
        isBilled: backend.capabilities.billedPerCommand,
        ask: (mode, placeMs) => this.#steps.take(attempt, { mode, leaseMs, placeMs, maxWaiting }, operation),
        giveUp: () => void this.#takeBack(attempt, performance.now() + leaseMs, operation),
      });
      const counts = { limit: attempt.limit, held: answer.held, waiting: answer.waiting };
      const waitedMs = performance.now() - startedAt;
      if (answer.status === "held") {
        this.#tell({ type: "concurrency.acquired", ...counts, waitedMs });
        return this.#open(attempt, askedAt, operation);
      }
      const reason = answer.status === "queue-full" ? "queue-full" : "limit";
      this.#tell({ type: "concurrency.refused", reason, ...counts, waitedMs });
      return attachAsyncEnd({ acquired: false, reason, ...counts }, async () => undefined);
    } catch (error) {
      this.#tellFailure(error);
      throw error;
    }
  }

  #open(attempt: Attempt, askedAt: number, operation: OperationOptions): Slot {
    const { leaseMs, maxWaiting } = this.#options;
    const slot = new HeldSlot(
      {
        leaseMs,
        renew: async () => {
          try {
            const how = { mode: "renew", leaseMs, placeMs: 0, maxWaiting } as const;
            return (await this.#steps.take(attempt, how, operation)).status === "held";
          } catch (error) {
            this.#tellFailure(error);
            return undefined;
          }
        },
        takeBack: (until) => this.#takeBack(attempt, until, operation),
        onReleased: (heldMs) => this.#tell({ type: "concurrency.released", heldMs }),
        onLost: (heldMs) => this.#tell({ type: "concurrency.lost", heldMs }),
      },
      askedAt,
    );
    return attachAsyncEnd(slot, () => slot.release());
  }

  async #takeBack(attempt: Attempt, until: number, operation: OperationOptions): Promise<boolean> {
    const release = async () => {
      const { status, next } = await this.#steps.release(attempt, operation);
      await this.#room.announce(next);
      return status === "held";
    };
    return (await giveBack(release, until, (error) => this.#tellFailure(error))) ?? false;
  }

  #tellFailure(error: unknown): void {
    if (!BackendError.is(error)) return;
    const { code, operation } = error;
    this.#tell({ type: "concurrency.store-failed", code, operation });
  }

  #tell(event: Told): void {
    const { name, observer } = this.#options;
    notify(observer, { limiter: name, ...event });
  }
}

/** 96 random bits in `idLength` characters: no two attempts on any instances get the same. */
function randomId(): string {
  const base64 = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(12))));
  return base64.replaceAll("+", "-").replaceAll("/", "_");
}
