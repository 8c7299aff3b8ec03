import { checkKey } from "../arguments/argument-checks.ts";
import type {
  BackendCapabilities,
  BackendOperationOptions,
  KeyValueBackend,
  MessageListener,
  SubscribeOptions,
} from "../backend.ts";
import { createMemoryBackend } from "../memory/memory-backend.ts";
import { notify } from "../observer.ts";
import { endsWithRequest } from "../runtime/ends-with-request.ts";
import { raceDeadline } from "../timing/race-deadline.ts";
import { CallWatch } from "./call-watch.ts";
import { Circuit } from "./circuit.ts";
import type { resolveFallbackOptions } from "./fallback-options.ts";
import type { BackendHealth, FallbackMode } from "./health.ts";
import { LocalStore } from "./local-store.ts";
import { closedError, type Operation, refusal, sizeOf, timeoutError } from "./operation.ts";
import { createOutageTest } from "./outage.ts";
import { PrimaryCalls, probedBackend } from "./primary-calls.ts";
import { probe } from "./probe.ts";
import { Recovery, type RecoveryHook } from "./recovery.ts";
import { RoutedBackend } from "./routed-backend.ts";
import { Subscriptions } from "./subscriptions.ts";

/** Uses the primary while it serves, and memory while it doesn't. */
export class DegradingBackend extends RoutedBackend {
  readonly name: string;
  readonly capabilities: BackendCapabilities;
  readonly #primary: KeyValueBackend;
  readonly #watch = new CallWatch();
  readonly #circuit: Circuit;
  readonly #calls: PrimaryCalls;
  readonly #local: LocalStore;
  /** Unlike the local store, this lives as long as subscriptions, which outlive an outage. */
  readonly #messages = createMemoryBackend();
  readonly #subscriptions: Subscriptions;
  readonly #recovery: Recovery;
  #closedAt: number | undefined;

  constructor(primary: KeyValueBackend, options: ReturnType<typeof resolveFallbackOptions>) {
    super();
    this.name = primary.name;
    this.capabilities = primary.capabilities;
    this.#primary = primary;
    this.#local = new LocalStore(options.fallback);
    const { observer } = options;
    const isOutage = createOutageTest(primary.capabilities);
    const calls = { ...options, primary, isOutage, watch: this.#watch };
    this.#circuit = new Circuit({
      backend: primary.name,
      observer,
      probe: () => probe(probedBackend(calls), isOutage),
      // It rejects if the memory can't be closed, which is no caller's concern.
      onReturn: (outageMs) => void this.#recover(outageMs).catch(() => {}),
    });
    this.#calls = new PrimaryCalls(calls, this.#circuit);
    this.#recovery = new Recovery(this.#watch, (error) =>
      notify(observer, { type: "backend.recovery-hook-failed", backend: primary.name, at: Date.now(), error }),
    );
    this.#subscriptions = new Subscriptions({
      local: this.#messages,
      send: (send) => this.#calls.send({ name: "subscribe", options: undefined, send, texts: () => [] }),
      isOutage,
      isTripped: () => this.#circuit.trippedAt !== undefined,
    });
  }

  get mode(): FallbackMode {
    return this.#closedAt === undefined ? this.#circuit.mode : "closed";
  }

  health(): BackendHealth {
    const health = this.#circuit.health();
    return this.#closedAt === undefined ? health : { ...health, mode: "closed", since: this.#closedAt };
  }

  onRecovery(hook: RecoveryHook): () => void {
    return this.#recovery.add(hook);
  }

  /** The primary's own deadline, if that is known, and no more than a call is left to it. */
  deadlineMs(bytes: number): number {
    return Math.min(this.#primary.deadlineMs?.(bytes) ?? Number.POSITIVE_INFINITY, this.#calls.deadlineMs(bytes));
  }

  override publish(channel: string, message: string, options?: BackendOperationOptions): Promise<void> {
    return this.#route(
      {
        name: "publish",
        options,
        send: (backend) => backend.publish(channel, message, options),
        texts: () => [channel, message],
      },
      () => this.#messages.publish(channel, message, options),
    );
  }

  async subscribe(
    channel: string,
    listener: MessageListener,
    options: SubscribeOptions = {},
  ): Promise<() => Promise<void>> {
    checkKey("channel", channel);
    options.signal?.throwIfAborted();
    if (this.#closedAt !== undefined) throw closedError({ name: "subscribe" }, false);
    void this.#circuit.nudge();
    const route = this.#circuit.route(options.degrade);
    if (route === "refused") throw refusal({ name: "subscribe" }, "away");
    return this.#subscriptions.add(channel, listener, options, route);
  }

  async close(): Promise<void> {
    this.#closedAt ??= Date.now();
    this.#circuit.close();
    this.#subscriptions.close();
    try {
      await Promise.all([this.#primary.close(), this.#local.drop(), this.#messages.close()]);
    } finally {
      // What the primary hasn't ended by now, it never will.
      this.#watch.close();
    }
  }

  protected perform<Result>(operation: Operation<Result>): Promise<Result> {
    return this.#route(operation, async () =>
      operation.send(this.#local.use(performance.now(), this.#circuit.trippedAt)),
    );
  }

  #route<Result>(operation: Operation<Result>, locally: () => Promise<Result>): Promise<Result> {
    if (this.#closedAt !== undefined) return Promise.reject(closedError(operation, false));
    const probed = this.#circuit.nudge();
    // In Workers, a probe that nobody waits for would end with its request, and the store would never be back.
    if (probed !== undefined && endsWithRequest()) return this.#takeAfter(probed, operation, locally);
    return this.#take(operation, locally);
  }

  /** Waits for a probe, but no longer than the operation may take. */
  async #takeAfter<Result>(
    probed: Promise<void>,
    operation: Operation<Result>,
    locally: () => Promise<Result>,
  ): Promise<Result> {
    const { timeoutMs = this.deadlineMs(sizeOf(operation)), signal } = operation.options ?? {};
    const onTimeout = () => timeoutError(operation, timeoutMs);
    await raceDeadline(probed, { timeoutMs, signal, onTimeout }).catch(() => undefined);
    return this.#take(operation, locally);
  }

  #take<Result>(operation: Operation<Result>, locally: () => Promise<Result>): Promise<Result> {
    const { name, options } = operation;
    switch (this.#circuit.route(options?.degrade)) {
      case "local":
        return locally();
      case "refused":
        return Promise.reject(options?.signal?.aborted ? options.signal.reason : refusal(operation, "away"));
      case "primary":
        if (options?.degrade !== "local") return this.#calls.send(operation);
        return this.#calls.send(operation, () =>
          this.#closedAt === undefined ? locally() : Promise.reject(closedError({ name }, true)),
        );
    }
  }

  async #recover(outageMs: number): Promise<void> {
    this.#subscriptions.rejoin();
    const local = this.#local.take();
    await this.#recovery.run({ local, outageMs });
    await local.close();
  }
}
