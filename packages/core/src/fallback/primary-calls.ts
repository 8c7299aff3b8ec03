import type { KeyValueBackend, SetOptions } from "../backend.ts";
import { endsWithRequest } from "../ends-with-request.ts";
import { BackendError } from "../errors/backend-error.ts";
import { notify, type Observer } from "../observer.ts";
import type { BackendEvent } from "./backend-event.ts";
import type { CallWatch } from "./call-watch.ts";
import type { Circuit } from "./circuit.ts";
import { Doubts } from "./doubts.ts";
import { mayWrite, type Operation, sizeOf } from "./operation.ts";
import type { OutageTest } from "./outage.ts";
import type { ProbedBackend } from "./probe.ts";
import { RateLimitedEvent } from "./rate-limited-event.ts";
import { deadlineFor, WatchedCall } from "./watched-call.ts";

/** What an operation carries from here on takes its time: that it wasn't in time says little about the store. */
const largeCharacters = 16 * 1024;
const slowEveryMs = 1_000;

export interface PrimaryCallsOptions {
  readonly primary: KeyValueBackend;
  readonly watch: CallWatch;
  readonly timeoutMs: number;
  readonly slowMs: number;
  readonly observer: Observer<BackendEvent> | undefined;
  readonly isOutage: OutageTest;
}

/** Sends operations to the primary, and tells the circuit how they end. */
export class PrimaryCalls {
  readonly #options: PrimaryCallsOptions;
  readonly #circuit: Circuit;
  readonly #doubts: Doubts;
  readonly #slow = new RateLimitedEvent(slowEveryMs);

  constructor(options: PrimaryCallsOptions, circuit: Circuit) {
    this.#options = options;
    this.#circuit = circuit;
    this.#doubts = new Doubts(probedBackend(options).ping, options.isOutage, circuit);
  }

  /** How long an operation that sends so much is left to the primary. */
  deadlineMs(size: number): number {
    return deadlineFor(size, this.#options.timeoutMs);
  }

  /** @param instead what to do when it is the store that fails; without it the call rejects */
  send<Result>(operation: Operation<Result>, instead?: () => Promise<Result>): Promise<Result> {
    const { primary, watch, timeoutMs, isOutage } = this.#options;
    const { epoch } = this.#circuit;
    return new Promise<Result>((resolve, reject) => {
      new WatchedCall<Result>(operation, watch, timeoutMs, {
        onAnswer: (result, call) => {
          const now = performance.now();
          const durationMs = now - call.startedAt;
          this.#circuit.noteAnswer(epoch, now, durationMs, operation.name);
          this.#noteDuration(operation, now, durationMs);
          resolve(result);
        },
        onFailure: (error, call) => {
          if (!isOutage(error)) {
            if (isRejection(error)) this.#circuit.noteError(error);
            return reject(error);
          }
          const now = performance.now();
          this.#noteDuration(operation, now, now - call.startedAt);
          if (isDoubtful(error, operation)) this.#doubts.raise(epoch, error);
          // Else its request is over, as when a client goes away, and the primary's own timer with it.
          else if (!(call.isForsaken && endsWithRequest()))
            this.#circuit.noteFailure(epoch, now, error, isRefusedWrite(error, operation) ? operation.name : undefined);
          if (instead) instead().then(resolve, reject);
          else reject(error);
        },
      }).start(primary);
    });
  }

  #noteDuration({ name }: Operation<unknown>, nowMs: number, durationMs: number): void {
    const { slowMs, primary, observer } = this.#options;
    if (durationMs <= slowMs || !observer) return;
    this.#slow.offer(nowMs, (untold) => {
      const event = { type: "backend.slow", backend: primary.name, at: Date.now(), operation: name } as const;
      notify(observer, { ...event, durationMs, untold });
    });
  }
}

/** The primary as a probe sees it: every call ends by the deadline, and the circuit isn't told of it. */
export function probedBackend({ primary, watch, timeoutMs }: PrimaryCallsOptions): ProbedBackend {
  const send = <Result>(name: string, call: (backend: KeyValueBackend) => Promise<Result>): Promise<Result> =>
    new Promise((resolve, reject) => {
      const operation = { name, options: undefined, send: call, texts: () => [] };
      new WatchedCall<Result>(operation, watch, timeoutMs, { onAnswer: resolve, onFailure: reject }).start(primary);
    });
  return {
    ping: () => send("ping", (backend) => backend.ping()),
    set: (key: string, value: string, options?: SetOptions) =>
      send("set", (backend) => backend.set(key, value, options)),
  };
}

/** Whether the store answers, and not with what was asked for: with a wrong password it never will. */
function isRejection(error: unknown): error is BackendError {
  return BackendError.is(error) && (error.code === "BACKEND_REJECTED" || error.code === "BACKEND_REPLY_INVALID");
}

/** Whether the store is known not to have taken a write, rather than to be silent. */
function isRefusedWrite({ code, outcome }: BackendError, { name }: Operation<unknown>): boolean {
  return mayWrite(name) && outcome === "not-applied" && code !== "BACKEND_TIMEOUT";
}

/**
 * Whether a failure may be the call's own: it wasn't in time, and carries much, or waits for replicas, or its caller has set
 * the deadline, shorter or longer than what the store is known to need. Or it is a subscription, which has a way to the store
 * of its own.
 */
function isDoubtful({ code }: BackendError, operation: Operation<unknown>): boolean {
  if (operation.name === "subscribe") return true;
  const { timeoutMs, replicas = 0 } = operation.options ?? {};
  return (
    code === "BACKEND_TIMEOUT" && (timeoutMs !== undefined || replicas > 0 || sizeOf(operation) >= largeCharacters)
  );
}
