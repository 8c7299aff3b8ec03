/** Allows an event at most once in a while, and counts those that it held back. */
export class RateLimitedEvent {
  readonly #everyMs: number;
  #nextAt = Number.NEGATIVE_INFINITY;
  #untold = 0;

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  offer(nowMs: number, tell: (untold: number) => void): void {
    if (nowMs < this.#nextAt) {
      this.#untold += 1;
      return;
    }
    this.#nextAt = nowMs + this.#everyMs;
    const untold = this.#untold;
    this.#untold = 0;
    tell(untold);
  }
}
