import { createMemoryBackend } from "@keyward/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { releaseSlot } from "./scripts/release-slot.ts";
import { takeSlot } from "./scripts/take-slot.ts";
import { idLength } from "./state/attempt-list.ts";

const keys = ["{a}"];
const leaseMs = 1_000;

interface Attempt {
  readonly id: string;
  readonly limit: number;
  /** By its own reckoning. */
  heldUntil: number;
}

const limit = fc.integer({ min: 1, max: 3 });
const step = fc.oneof(
  {
    arbitrary: fc.record({ kind: fc.constantFrom("ask" as const, "queue" as const), who: fc.nat(5), limit }),
    weight: 6,
  },
  { arbitrary: fc.record({ kind: fc.constantFrom("renew" as const, "release" as const), who: fc.nat(5) }), weight: 4 },
  {
    arbitrary: fc.record({ kind: fc.constantFrom("late renew" as const, "late release" as const), old: fc.nat(3) }),
    weight: 2,
  },
  { arbitrary: fc.record({ kind: fc.constant("wait" as const), ms: fc.constantFrom(1, 300, 999, 1_000) }), weight: 2 },
  {
    arbitrary: fc.record({ kind: fc.constant("step back" as const), ms: fc.constantFrom(1, 500, 100_000) }),
    weight: 1,
  },
);
const trip = fc.nat({ max: 40 });
const sequence = fc.array(fc.record({ step, sendMs: trip, answerMs: trip }), { maxLength: 60, size: "max" });

it("nobody gets a slot where as many run as it allows, whatever limits others have and whatever comes late or twice", async () => {
  await fc.assert(
    fc.asyncProperty(sequence, async (steps) => {
      const backend = createMemoryBackend();
      // Time as it passes, and what the store's clock lags behind it.
      let time = 1_700_000_000_000;
      let lag = 0;
      let ids = 0;
      const begin = (limit: number): Attempt => ({ id: String(ids++).padStart(idLength, "x"), limit, heldUntil: 0 });
      const attempts = Array.from({ length: 6 }, () => begin(1));
      const former: Attempt[] = [];
      const take = ({ id, limit }: Attempt, mode: "ask" | "queue" | "renew") => {
        const input = { id, limit, leaseMs, placeMs: 300, maxWaiting: 5, mode };
        return backend.run(takeSlot, keys, input, { nowMs: time - lag });
      };
      const release = ({ id, limit }: Attempt) => backend.run(releaseSlot, keys, { id, limit }, { nowMs: time - lag });

      for (const { step, sendMs, answerMs } of steps) {
        const sentAt = time;
        if (step.kind === "wait") time += step.ms;
        else if (step.kind === "step back") lag += step.ms;
        else if ("old" in step) {
          const attempt = former.at(-1 - step.old);
          time += sendMs;
          if (attempt !== undefined) await (step.kind === "late renew" ? take(attempt, "renew") : release(attempt));
        } else {
          let attempt = attempts[step.who] as Attempt;
          // Who has one doesn't ask, and who has none doesn't renew.
          if (step.kind !== "release" && attempt.heldUntil > sentAt !== (step.kind === "renew")) continue;
          if ("limit" in step && (attempt.heldUntil > 0 || attempt.limit !== step.limit)) {
            former.push(attempt);
            attempt = begin(step.limit);
            attempts[step.who] = attempt;
          }
          time += sendMs;
          if (step.kind === "release") {
            await release(attempt);
            former.push(attempt);
            attempts[step.who] = begin(attempt.limit);
            continue;
          }
          const { status } = await take(attempt, step.kind);
          const running = attempts.filter(({ heldUntil }) => heldUntil > time).length;
          if (status === "held" && attempt.heldUntil === 0) expect(running).toBeLessThan(attempt.limit);
          attempt.heldUntil = status === "held" ? sentAt + leaseMs : 0;
          time += answerMs;
        }
      }
    }),
    { numRuns: 500 },
  );
});
