import { BackendError, type BackendOperationOptions, checkTimeout, type Linked, LinkedSet } from "@keyward/core";
import type { Attempt } from "./attempt.ts";
import { RequestFailed, type RestFailure } from "./rest-failure.ts";

const kib = 1024;
/** A timer with more than this fires at once. */
const longestTimerMs = 2 ** 31 - 1;
/** If a timer is this late, the process was busy, and a reply may have arrived unread. */
const busyMs = 15;

export interface CallDetails {
  /** See `BackendError.operation`. */
  readonly operation: string;
  readonly effect: "none" | "write";
  /** The size of what is sent. */
  readonly size: number;
}

interface RunningCall extends Linked<RunningCall> {
  /** Ends the call because the backend is closed. */
  readonly end: () => void;
}

/** Runs calls within their deadline and until their signal, and ends those under way when the backend is closed. */
export class CallRunner {
  readonly #timeoutMs: number;
  readonly #calls = new LinkedSet<RunningCall>();
  #closed = false;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** Each 1,024 bytes that are sent add 1 ms to the deadline of a call without one of its own. */
  deadlineMs(size: number): number {
    return this.#timeoutMs + Math.floor(size / kib);
  }

  /** @param begin is called at once, so that calls are sent in the order in which they were made */
  run<Result>(
    details: CallDetails,
    options: BackendOperationOptions | undefined,
    begin: (deadlineAt: number) => Attempt,
    read: (reply: unknown) => Result,
  ): Promise<Result> {
    const { waitedMs = 0, signal } = options ?? {};
    const { timeoutMs = Math.max(1, this.deadlineMs(details.size) - waitedMs) } = options ?? {};
    checkTimeout("timeoutMs", timeoutMs);
    signal?.throwIfAborted();
    if (this.#closed) throw errorOf(details, closed, false);
    const deadlineAt = performance.now() + timeoutMs;
    const attempt = begin(deadlineAt);
    return new Promise<Result>((resolve, reject) => {
      const settle = (decide: () => void) => {
        if (!this.#calls.has(call)) return;
        this.#calls.delete(call);
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
        decide();
        attempt.stop();
      };
      const end = () => settle(() => reject(errorOf(details, closed, attempt.isSent)));
      const call: RunningCall = { end, previous: undefined, next: undefined };
      const abort = () => settle(() => reject(signal?.reason));
      const expire = () => settle(() => reject(errorOf(details, timeoutOf(attempt, timeoutMs), attempt.isSent)));
      const onTime = () => {
        if (performance.now() - deadlineAt > busyMs) timer = setTimeout(expire, busyMs);
        else expire();
      };
      let timer = setTimeout(onTime, Math.min(timeoutMs, longestTimerMs));
      signal?.addEventListener("abort", abort);
      this.#calls.add(call);
      attempt.reply.then(
        (reply) =>
          settle(() => {
            try {
              resolve(read(reply));
            } catch (error) {
              reject(error);
            }
          }),
        (error: unknown) => settle(() => reject(errorOf(details, failureOf(error), false))),
      );
    });
  }

  close(): void {
    this.#closed = true;
    for (const { end } of this.#calls.toArray()) end();
  }
}

const closed: RestFailure = {
  code: "BACKEND_CLOSED",
  outcome: "not-applied",
  retryable: false,
  reason: "the backend has been closed",
};

/** The error when time is up: the last one that is known, if there is one. */
function timeoutOf({ isSent, lastFailure }: Attempt, timeoutMs: number): RestFailure {
  const within = `within ${Math.round(timeoutMs)} ms`;
  const timeout = { code: "BACKEND_TIMEOUT", retryable: true } as const;
  if (isSent) return { ...timeout, outcome: "unknown", reason: `no reply ${within}` };
  if (lastFailure) return { ...lastFailure, reason: `${lastFailure.reason}, and that didn't change ${within}` };
  return { ...timeout, outcome: "not-applied", reason: `it couldn't be sent ${within}` };
}

/** An unexpected error may quote what was sent, so nothing of it is kept. */
function failureOf(error: unknown): RestFailure {
  if (error instanceof RequestFailed) return error.failure;
  return { code: "BACKEND_UNAVAILABLE", outcome: "unknown", retryable: false, reason: "the request failed" };
}

function errorOf({ operation, effect }: CallDetails, failure: RestFailure, isSent: boolean): BackendError {
  const { code, outcome, retryable, reason } = failure;
  return new BackendError(code, `${operation}: ${reason}`, {
    operation,
    outcome: effect === "write" && (outcome === "unknown" || isSent) ? "unknown" : "not-applied",
    retryable,
  });
}
