import type { KeyValueBackend, SetOptions } from "../backend.ts";
import { BackendError } from "../errors/backend-error.ts";
import { notify, type Observer } from "../observer.ts";
import { endsWithRequest } from "../runtime/ends-with-request.ts";
import type { BackendEvent } from "./backend-event.ts";
import type { CallWatch } from "./call-watch.ts";
import type { Circuit } from "./circuit.ts";
import { Doubts } from "./doubts.ts";
import { mayWrite, type Operation, sizeOf } from "./operation.ts";
import type { OutageTest } from "./outage.ts";
import type { ProbedBackend } from "./probe.ts";
import { RateLimitedEvent } from "./rate-limited-event.ts";
import { deadlineFor, WatchedCall } from "./watched-call.ts";

/** Operations that send this much take their time, so that a timeout says little about the store. */
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

/** Sends operations to the primary and tells the circuit how they end. */
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

  /** How long an operation of this size is left to the primary. */
  deadlineMs(size: number): number {
    return deadlineFor(size, this.#options.timeoutMs);
  }

  /** @param instead what to do if the store fails; without it the call rejects */
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
          // In Workers its request may be over, as when a client goes away, and with it the primary's own timer.
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

/** The primary as a probe uses it: every call ends by the deadline, and the circuit isn't told. */
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

/** Whether the store answers, but not with what was asked for. With a wrong password it never will. */
function isRejection(error: unknown): error is BackendError {
  return BackendError.is(error) && (error.code === "BACKEND_REJECTED" || error.code === "BACKEND_REPLY_INVALID");
}

/** Whether the store has refused a write, rather than not answered it. */
function isRefusedWrite({ code, outcome }: BackendError, { name }: Operation<unknown>): boolean {
  return mayWrite(name) && outcome === "not-applied" && code !== "BACKEND_TIMEOUT";
}

/**
 * Whether a failure may be the fault of the call: a timeout of an operation that sends a lot, waits for replicas, or has a
 * deadline set by its caller; or a failure of a subscription, which has its own way to the store.
 */
function isDoubtful({ code }: BackendError, operation: Operation<unknown>): boolean {
  if (operation.name === "subscribe") return true;
  const { timeoutMs, replicas = 0 } = operation.options ?? {};
  return (
    code === "BACKEND_TIMEOUT" && (timeoutMs !== undefined || replicas > 0 || sizeOf(operation) >= largeCharacters)
  );
}
