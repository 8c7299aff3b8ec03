import fc from "fast-check";
import { expect, it } from "vitest";
import { createMemoryBackend } from "../../memory/memory-backend.ts";
import { createCounter } from "./counter.ts";

const windowMs = 2_000;

const step = fc.oneof(
  {
    arbitrary: fc.record({ take: fc.oneof(fc.integer({ min: 1, max: 700 }), fc.constantFrom(1, 499, 500, 501)) }),
    weight: 4,
  },
  { arbitrary: fc.record({ wait: fc.constantFrom(1, 700, 1_999, 2_000, 2_001, 4_000, 9_000) }), weight: 2 },
  { arbitrary: fc.constant("failover" as const), weight: 1 },
);

it("a failover leaves out a thousand, or twice as many as the server gave out in its latest window and the one before", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 30, size: "max" }), async (steps) => {
      let now = 1_000_000;
      let server = 0;
      const counter = createCounter({
        backend: createMemoryBackend({ now: () => now, serverId: () => `server${server}` }),
      });
      let highest = 0;
      let taken: { readonly window: number; readonly count: number }[] = [];
      for (const next of steps) {
        if (next === "failover") {
          const latest = taken.at(-1)?.window ?? 0;
          const lately = taken.filter(({ window }) => window >= latest - 1).reduce((sum, { count }) => sum + count, 0);
          server += 1;
          const number = await counter.next("a");
          if (highest > 0) expect(number - highest).toBeGreaterThan(Math.max(1_000, 2 * lately));
          highest = number;
          taken = [{ window: Math.floor(now / windowMs), count: 1 }];
        } else if ("wait" in next) {
          now += next.wait;
        } else {
          const { first, last } = await counter.block("a", next.take);
          expect(first).toBe(highest + 1);
          highest = last;
          taken.push({ window: Math.floor(now / windowMs), count: next.take });
        }
      }
    }),
    { numRuns: 1_000 },
  );
});
