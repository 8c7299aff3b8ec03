import { startUnreferencedTimer } from "../timing/unreferenced-timer.ts";
import type { ProbeResult } from "./probe.ts";
import { retryDelay } from "./retry-delay.ts";

/** A probe that takes longer is lost: in Workers, it ends with the request that began it. */
const lostAfterMs = 10_000;

/**
 * Probes the store again and again, one probe at a time, from `start` to `stop`.
 *
 * A timer sets the pace. If timers end with the request that set them, or the process sleeps between requests, a probe that is
 * due begins with the next `nudge`.
 */
export class Prober {
  readonly #probe: () => Promise<ProbeResult>;
  readonly #onResult: (result: ProbeResult) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #dueAt = Number.POSITIVE_INFINITY;
  #failures = 0;
  /** The number of the present probe, by which the late result of a lost one is ignored. */
  #current = 0;

  constructor(probe: () => Promise<ProbeResult>, onResult: (result: ProbeResult) => void) {
    this.#probe = probe;
    this.#onResult = onResult;
  }

  start(): void {
    this.#failures = 0;
    this.#waitForNext();
  }

  stop(): void {
    this.#current += 1;
    clearTimeout(this.#timer);
    this.#dueAt = Number.POSITIVE_INFINITY;
  }

  /** Begins the probe that is due, if it hasn't begun. The promise resolves when it has ended. */
  nudge(): Promise<void> | undefined {
    return performance.now() >= this.#dueAt ? this.#run() : undefined;
  }

  async #run(): Promise<void> {
    clearTimeout(this.#timer);
    this.#dueAt = performance.now() + lostAfterMs;
    this.#current += 1;
    const mine = this.#current;
    const result = await this.#probe();
    if (mine !== this.#current) return;
    this.#failures = result === "well" ? 0 : this.#failures + 1;
    this.#waitForNext();
    this.#onResult(result);
  }

  #waitForNext(): void {
    const delay = retryDelay(this.#failures);
    this.#dueAt = performance.now() + delay;
    this.#timer = startUnreferencedTimer(() => void this.#run(), delay);
  }
}
