import type { BackendOperationOptions } from "../backend.ts";
import type { BackendError } from "../errors/backend-error.ts";
import { notify, type Observer } from "../observer.ts";
import type { BackendEvent, TripReason } from "./backend-event.ts";
import type { BackendHealth, LastError } from "./health.ts";
import type { ProbeResult } from "./probe.ts";
import { Prober } from "./prober.ts";
import { RateLimitedEvent } from "./rate-limited-event.ts";
import { TripRule } from "./trip-rule.ts";

/** Where an operation goes. `"refused"`: nowhere; it fails at once. */
export type Route = "primary" | "local" | "refused";

type State =
  | { readonly mode: "primary"; readonly since: number }
  | {
      readonly mode: "local";
      readonly since: number;
      /** The same moment on the monotonic clock. */
      readonly trippedAt: number;
      /** Probes in a row that found the store well. */
      readonly successes: number;
      /** Whether the store answers, even if only to refuse writes: then operations that may not be degraded are worth a try. */
      readonly answers: boolean;
      /** Failures in a row of such operations. */
      readonly failures: number;
    };

export interface CircuitOptions {
  readonly backend: string;
  readonly observer: Observer<BackendEvent> | undefined;
  readonly probe: () => Promise<ProbeResult>;
  readonly onReturn: (outageMs: number) => void;
}

const successesToReturn = 5;
const failuresToRefuse = 5;
const errorRateEveryMs = 30_000;

/** Decides whether the store is used, by how its calls end and by probes. */
export class Circuit {
  readonly #options: CircuitOptions;
  readonly #rule = new TripRule();
  readonly #prober: Prober;
  readonly #warning = new RateLimitedEvent(errorRateEveryMs);
  #state: State = { mode: "primary", since: Date.now() };
  #lastError: LastError | undefined;
  /** Grows with each change of mode. A call that began before a change says nothing about the present mode. */
  #epoch = 0;

  constructor(options: CircuitOptions) {
    this.#options = options;
    this.#prober = new Prober(options.probe, (result) => this.#noteProbe(result));
  }

  get mode(): State["mode"] {
    return this.#state.mode;
  }

  get epoch(): number {
    return this.#epoch;
  }

  /** When the present outage began, on the monotonic clock; `undefined` while the store is used. */
  get trippedAt(): number | undefined {
    return this.#state.mode === "local" ? this.#state.trippedAt : undefined;
  }

  /** Begins the probe that is due, if one is. The returned promise is for callers who have to wait for it. */
  nudge(): Promise<void> | undefined {
    return this.#state.mode === "local" ? this.#prober.nudge() : undefined;
  }

  route(degrade: BackendOperationOptions["degrade"]): Route {
    if (this.#state.mode === "primary") return "primary";
    if (degrade === "local") return "local";
    return this.#state.answers ? "primary" : "refused";
  }

  /** @param epoch of when the call began */
  noteAnswer(epoch: number, nowMs: number, durationMs: number, operation: string): void {
    if (epoch !== this.#epoch) return;
    if (this.#state.mode === "primary") this.#rule.noteAnswer(nowMs, durationMs, operation);
    else if (this.#state.failures > 0) this.#state = { ...this.#state, failures: 0 };
  }

  /**
   * @param epoch of when the call began
   * @param refused the operation, if it is a write that the store is known not to have taken
   */
  noteFailure(epoch: number, nowMs: number, error: BackendError, refused?: string): void {
    this.noteError(error);
    if (epoch !== this.#epoch) return;
    if (this.#state.mode === "local") {
      const failures = this.#state.failures + 1;
      this.#state = { ...this.#state, failures, answers: this.#state.answers && failures < failuresToRefuse };
      return;
    }
    const reason = this.#rule.noteFailure(nowMs, refused);
    if (this.#rule.isNear(nowMs)) this.#warn(nowMs);
    if (reason !== undefined) this.#trip(reason, nowMs, error);
  }

  /** For a health page, which also has to show failures that don't make the store count as away. */
  noteError({ code, operation }: BackendError): void {
    this.#lastError = { code, operation, at: Date.now() };
  }

  health(): BackendHealth {
    const { calls, errors, meanMs } = this.#rule.read(performance.now());
    return {
      mode: this.#state.mode,
      since: this.#state.since,
      lastError: this.#lastError,
      failures: this.#rule.consecutive,
      calls,
      errorRate: calls === 0 ? 0 : errors / calls,
      latencyMs: meanMs,
    };
  }

  close(): void {
    this.#epoch += 1;
    this.#prober.stop();
  }

  #trip(reason: TripReason, nowMs: number, { code, operation }: BackendError): void {
    const at = Date.now();
    this.#epoch += 1;
    this.#state = { mode: "local", since: at, trippedAt: nowMs, successes: 0, answers: false, failures: 0 };
    this.#prober.start();
    const { backend, observer } = this.#options;
    notify(observer, { type: "backend.degraded", backend, at, reason, code, operation });
  }

  #noteProbe(result: ProbeResult): void {
    if (this.#state.mode !== "local") return;
    const successes = result === "well" ? this.#state.successes + 1 : 0;
    this.#state = { ...this.#state, successes, answers: result !== "away", failures: 0 };
    if (successes >= successesToReturn) this.#return(performance.now() - this.#state.trippedAt);
  }

  #return(outageMs: number): void {
    const at = Date.now();
    this.#epoch += 1;
    this.#state = { mode: "primary", since: at };
    this.#rule.reset();
    this.#prober.stop();
    const { backend, observer, onReturn } = this.#options;
    notify(observer, { type: "backend.recovered", backend, at, outageMs });
    onReturn(outageMs);
  }

  #warn(nowMs: number): void {
    this.#warning.offer(nowMs, () => {
      const { calls, errors } = this.#rule.read(nowMs);
      const { backend, observer } = this.#options;
      notify(observer, { type: "backend.error-rate", backend, at: Date.now(), calls, errors });
    });
  }
}
