/** How far back calls and errors are counted. */
export const windowMs = 30_000;
const bucketMs = 1_000;
const buckets = windowMs / bucketMs;

/**
 * Calls and errors of the last thirty seconds. There is a counter for each second, so that memory doesn't depend on the number
 * of calls, and the oldest second is forgotten as a whole: the window is between 29 and 30 seconds long.
 */
export class ErrorWindow {
  readonly #calls = new Float64Array(buckets);
  readonly #errors = new Float64Array(buckets);
  readonly #answerMs = new Float64Array(buckets);
  /** The second that is being counted, numbered from the beginning of the clock. */
  #second = Number.NEGATIVE_INFINITY;

  #callsInAll = 0;
  #errorsInAll = 0;

  /** @param nowMs on a clock that never steps back */
  countAnswer(nowMs: number, durationMs: number): void {
    const index = this.#bucketAt(nowMs);
    this.#calls[index]! += 1;
    this.#answerMs[index]! += durationMs;
    this.#callsInAll += 1;
  }

  countError(nowMs: number): void {
    const index = this.#bucketAt(nowMs);
    this.#calls[index]! += 1;
    this.#errors[index]! += 1;
    this.#callsInAll += 1;
    this.#errorsInAll += 1;
  }

  read(nowMs: number): { readonly calls: number; readonly errors: number; readonly meanMs: number | undefined } {
    this.#bucketAt(nowMs);
    const answers = this.#callsInAll - this.#errorsInAll;
    let sum = 0;
    for (const ms of this.#answerMs) sum += ms;
    return {
      calls: this.#callsInAll,
      errors: this.#errorsInAll,
      meanMs: answers === 0 ? undefined : sum / answers,
    };
  }

  clear(): void {
    for (const counters of [this.#calls, this.#errors, this.#answerMs]) counters.fill(0);
    this.#callsInAll = 0;
    this.#errorsInAll = 0;
  }

  #bucketAt(nowMs: number): number {
    const second = Math.floor(nowMs / bucketMs);
    if (second > this.#second) this.#forgetUpTo(second);
    return this.#second % buckets;
  }

  #forgetUpTo(second: number): void {
    const passed = Math.min(second - this.#second, buckets);
    for (let back = 0; back < passed; back += 1) {
      const index = (second + buckets - back) % buckets;
      this.#callsInAll -= this.#calls[index]!;
      this.#errorsInAll -= this.#errors[index]!;
      for (const counters of [this.#calls, this.#errors, this.#answerMs]) counters[index] = 0;
    }
    this.#second = second;
  }
}
