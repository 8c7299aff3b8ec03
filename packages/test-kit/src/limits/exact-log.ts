import type { LimitedWindow } from "./limited-traffic.ts";

interface Spending {
  readonly time: number;
  readonly units: number;
}

/** The right answer to a check. */
export interface Verdict {
  readonly waitMs: number;
  readonly remaining: readonly number[];
  readonly resetMs: readonly number[];
}

/** A sliding log by its definition: it keeps every spending with its time, and nothing else. */
export class ExactLog {
  #spendings: Spending[] = [];

  check(windows: readonly LimitedWindow[], cost: number, mode: "spend" | "ask", now: number): Verdict {
    // Older spendings don't matter any more, and with them a million calls would take for ever.
    const longestMs = Math.max(...windows.map(({ windowMs }) => windowMs));
    if ((this.#spendings[100]?.time ?? now) < now - longestMs) {
      this.#spendings = this.#spendings.filter(({ time }) => time > now - longestMs);
    }
    const waitMs = windows.some(({ limit }) => cost > limit)
      ? Number.POSITIVE_INFINITY
      : Math.max(...windows.map((window) => this.#waitMs(window, cost, now)));
    if (waitMs === 0 && cost > 0 && mode === "spend") this.#spendings.push({ time: now, units: cost });
    return {
      waitMs,
      remaining: windows.map(({ limit, windowMs }) => Math.max(0, limit - this.#used(windowMs, now))),
      resetMs: windows.map(({ windowMs }) => {
        const newest = this.#spendings.at(-1)?.time ?? Number.NEGATIVE_INFINITY;
        return Math.max(0, newest + windowMs - now);
      }),
    };
  }

  /** What was taken in the window (now - windowMs, now]. */
  #used(windowMs: number, now: number): number {
    return this.#spendings.reduce((sum, { time, units }) => (time > now - windowMs ? sum + units : sum), 0);
  }

  #waitMs({ limit, windowMs }: LimitedWindow, cost: number, now: number): number {
    if (this.#used(windowMs, now) + cost <= limit) return 0;
    const ends = this.#spendings.map(({ time }) => time + windowMs).filter((end) => end > now);
    return ends.find((end) => this.#used(windowMs, end) + cost <= limit)! - now;
  }
}
