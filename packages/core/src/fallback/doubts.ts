import type { BackendError } from "../errors/backend-error.ts";
import type { Circuit } from "./circuit.ts";
import type { OutageTest } from "./outage.ts";

/**
 * Failures that may be the fault of the calls themselves. They count only if the store doesn't answer a ping either, so that one
 * tenant's big upload degrades nobody else. Only one ping is sent at a time, for all failures that come before it ends.
 */
export class Doubts {
  readonly #ping: () => Promise<unknown>;
  readonly #isOutage: OutageTest;
  readonly #circuit: Pick<Circuit, "noteFailure">;
  #raised = 0;
  #isAsking = false;

  constructor(ping: () => Promise<unknown>, isOutage: OutageTest, circuit: Pick<Circuit, "noteFailure">) {
    this.#ping = ping;
    this.#isOutage = isOutage;
    this.#circuit = circuit;
  }

  /** @param epoch of when the call began */
  raise(epoch: number, error: BackendError): void {
    this.#raised += 1;
    if (!this.#isAsking) void this.#ask(epoch, error);
  }

  async #ask(epoch: number, error: BackendError): Promise<void> {
    this.#isAsking = true;
    const failed = await this.#ping().then(
      () => false,
      (reason: unknown) => this.#isOutage(reason),
    );
    this.#isAsking = false;
    const raised = this.#raised;
    this.#raised = 0;
    if (!failed) return;
    for (let index = 0; index < raised; index += 1) this.#circuit.noteFailure(epoch, performance.now(), error);
  }
}
