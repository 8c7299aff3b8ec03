import type { BackendCapabilities, KeyValueBackend, MessageListener, SubscribeOptions } from "../backend.ts";
import type { BackendHealth } from "./health.ts";
import { closedError, type Operation, refusal } from "./operation.ts";
import { RoutedBackend } from "./routed-backend.ts";

/** In place of a store that is switched off: memory for what may be degraded, and an error at once for everything else. */
export class OffBackend extends RoutedBackend {
  readonly name = "off";
  readonly capabilities: BackendCapabilities = Object.freeze({ reach: "off", push: true, billedPerCommand: false });
  readonly #local: KeyValueBackend;
  #since = Date.now();
  #isClosed = false;

  constructor(local: KeyValueBackend) {
    super();
    this.#local = local;
  }

  get mode() {
    return this.#isClosed ? "closed" : "off";
  }

  health(): BackendHealth {
    const unused = { lastError: undefined, failures: 0, calls: 0, errorRate: 0, latencyMs: undefined };
    return { mode: this.mode, since: this.#since, ...unused };
  }

  /** The store never comes back. */
  onRecovery(): () => void {
    return () => {};
  }

  async subscribe(
    channel: string,
    listener: MessageListener,
    options: SubscribeOptions = {},
  ): Promise<() => Promise<void>> {
    const send = (backend: KeyValueBackend) => backend.subscribe(channel, listener, options);
    return this.perform({ name: "subscribe", options, send, texts: () => [channel] });
  }

  async close(): Promise<void> {
    if (!this.#isClosed) this.#since = Date.now();
    this.#isClosed = true;
    await this.#local.close();
  }

  protected async perform<Result>(operation: Operation<Result>): Promise<Result> {
    operation.options?.signal?.throwIfAborted();
    if (this.#isClosed) throw closedError(operation, false);
    if (operation.options?.degrade !== "local") throw refusal(operation, "off");
    return operation.send(this.#local);
  }
}
