import { createMemoryBackend } from "@keyward/core";
import { type Fault, faultyBackend } from "@keyward/test-kit";
import fc from "fast-check";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createConcurrencyLimiter } from "./concurrency-limiter.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const fault = fc.constantFrom<Fault>(
  { kind: "fail-before" },
  { kind: "fail-after" },
  { kind: "time-out", applied: true },
  { kind: "time-out", applied: false },
);
/** What befalls the calls of an instance, one after the other and over again; for a while all of them, as in an outage. */
const faults = fc.array(
  fc.oneof(
    { arbitrary: fc.constant([undefined]), weight: 8 },
    { arbitrary: fault.map((one) => [one]), weight: 2 },
    { arbitrary: fault.map((one) => Array.from({ length: 25 }, () => one)), weight: 1 },
  ),
  { minLength: 1, maxLength: 40 },
);
const job = fc.record({
  instance: fc.nat({ max: 2 }),
  afterMs: fc.constantFrom(0, 1, 300, 5_000),
  workMs: fc.constantFrom(0, 10, 2_000, 15_000, 50_000),
  maxWait: fc.constantFrom(0, 1, 1_000, 40_000),
  abortMs: fc.option(fc.constantFrom(0, 1, 500, 9_000), { freq: 3 }),
});

it("never do more run than the limit, whatever happens to calls, and in the end all slots are free and nobody waits", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 3 }),
      fc.tuple(faults, faults, faults),
      fc.array(job, { minLength: 1, maxLength: 25 }),
      async (limit, plans, jobs) => {
        const store = createMemoryBackend();
        const fleet = plans.map((plan) => {
          const all = plan.flat();
          let calls = 0;
          return createConcurrencyLimiter({ limit, backend: faultyBackend(store, () => all[calls++ % all.length]) });
        });
        let running = 0;
        let most = 0;
        let left = jobs.length;
        for (const { instance, afterMs, workMs, maxWait, abortMs } of jobs) {
          await vi.advanceTimersByTimeAsync(afterMs);
          const caller = new AbortController();
          if (abortMs !== null) setTimeout(() => caller.abort(), abortMs);
          const work = async (signal: AbortSignal) => {
            running += 1;
            most = Math.max(most, running);
            await new Promise<void>((resolve) => {
              setTimeout(resolve, workMs);
              if (signal.aborted) resolve();
              signal.addEventListener("abort", () => resolve());
            });
            running -= 1;
          };
          const options = { maxWait, signal: caller.signal };
          fleet[instance]
            ?.run("a", work, options)
            .catch(() => undefined)
            .finally(() => {
              left -= 1;
            });
        }
        await vi.advanceTimersByTimeAsync(25 * 60_000);
        expect(most).toBeLessThanOrEqual(limit);
        expect({ running, left }).toEqual({ running: 0, left: 0 });
        const sound = createConcurrencyLimiter({ limit, backend: store });
        expect(await sound.peek("a")).toEqual({ limit, held: 0, waiting: 0 });
        expect(vi.getTimerCount()).toBe(0);
      },
    ),
    { numRuns: 500 },
  );
}, 120_000);
