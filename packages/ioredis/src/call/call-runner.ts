import {
  BackendError,
  type BackendFailure,
  type BackendOperationOptions,
  checkTimeout,
  LinkedSet,
} from "@keyward/core";
import type { Connection } from "../client/connection.ts";
import type { LazyConnection } from "../client/lazy-connection.ts";
import { SilenceWatch } from "../client/silence-watch.ts";
import { Call, type CallDetails } from "./call.ts";

const kib = 1024;
/** The longest that a timer can wait; a longer one would fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/** Runs calls within their deadline and signal, and ends those under way when the backend is closed. */
export class CallRunner {
  readonly #connection: LazyConnection;
  readonly #timeoutMs: number;
  readonly #silence = new SilenceWatch();
  readonly #calls = new LinkedSet<Call>();
  #closed = false;

  constructor(connection: LazyConnection, timeoutMs: number) {
    this.#connection = connection;
    this.#timeoutMs = timeoutMs;
  }

  /** The deadline of a call without one of its own grows by 1 ms for each 1,024 characters that are sent. */
  deadlineMs(size: number): number {
    return this.#timeoutMs + Math.floor(size / kib);
  }

  /** @param size how many characters are sent */
  run<Result>(
    description: Omit<CallDetails, "timeoutMs" | "onSent">,
    options: BackendOperationOptions | undefined,
    size: number,
    work: (call: Call) => Promise<Result>,
  ): Promise<Result> {
    const { waitedMs = 0, signal, onSent } = options ?? {};
    const { timeoutMs = Math.max(1, this.deadlineMs(size) - waitedMs) } = options ?? {};
    checkTimeout("timeoutMs", timeoutMs);
    const details = { ...description, timeoutMs, onSent };
    const start = (connection: Connection) => this.#start(new Call(details, connection), signal, work);
    signal?.throwIfAborted();
    if (this.#closed) throw closedError(details.operation);
    const { current } = this.#connection;
    if (current) return start(current);
    // The deadline begins after ioredis is loaded, since the store isn't to blame for that time.
    return this.#connection.open().then((connection) => {
      signal?.throwIfAborted();
      if (this.#closed) throw closedError(details.operation);
      return start(connection);
    });
  }

  #start<Result>(call: Call, signal: AbortSignal | undefined, work: (call: Call) => Promise<Result>): Promise<Result> {
    const { timeoutMs } = call.details;
    return new Promise<Result>((resolve, reject) => {
      const settle = (decide: () => void) => {
        if (!this.#calls.has(call)) return;
        this.#calls.delete(call);
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
        decide();
        call.stop();
      };
      const abort = () => settle(() => reject(signal?.reason));
      const timer = setTimeout(
        () => {
          // A reply may have arrived and be unread because this process was busy, so the sockets get a turn first.
          setImmediate(() => settle(() => this.#expire(call, reject)));
        },
        Math.min(timeoutMs, longestTimerMs),
      );
      signal?.addEventListener("abort", abort);
      call.end = (error) => settle(() => reject(error));
      this.#calls.add(call);
      work(call).then(
        (result) => settle(() => resolve(result)),
        (error: unknown) => settle(() => reject(error)),
      );
    });
  }

  #expire(call: Call, reject: (error: unknown) => void): void {
    reject(call.timeoutError());
    if (!this.#connection.current?.owned) return;
    this.#silence.note(call, this.#calls.first?.startedAt ?? Number.POSITIVE_INFINITY);
  }

  close(): void {
    this.#closed = true;
    for (const call of this.#calls.toArray()) call.end(call.error(closed));
  }
}

const closed: BackendFailure = {
  code: "BACKEND_CLOSED",
  outcome: "not-applied",
  retryable: false,
  reason: "the backend has been closed",
};

function closedError(operation: string): BackendError {
  const { code, outcome, retryable, reason } = closed;
  return new BackendError(code, `${operation}: ${reason}`, { operation, outcome, retryable });
}
