import { createMemoryBackend } from "@keyward/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { releaseSlot } from "./scripts/release-slot.ts";
import { idLength } from "./scripts/state/attempt-list.ts";
import { takeSlot } from "./scripts/take-slot.ts";

const keys = ["keyward:concurrency-limiter:{caller}:test"];
const leaseMs = 1_000;
const placeMs = 300;
/** The longest that a question, or an answer, is on its way. */
const longestMs = 40;

/** What one attempt knows: when its lease ends by its own reckoning, and since when it has waited, at the latest and at the earliest. */
interface Attempt {
  /** Another one for each slot that it has had. */
  id: string;
  heldUntil: number;
  place: Place | undefined;
  /** The place that it was told it has no more. The store drops one that has ended only when it writes: until then, a clock that
   * steps back brings it to life again. */
  former: Place | undefined;
}

interface Place {
  readonly since: number;
  readonly atEarliest: number;
  readonly until: number;
}

const attemptIndex = fc.nat({ max: 7 });
const step = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant("queue" as const), attempt: attemptIndex }), weight: 6 },
  { arbitrary: fc.record({ kind: fc.constant("ask" as const), attempt: attemptIndex }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant("renew" as const), attempt: attemptIndex }), weight: 2 },
  { arbitrary: fc.record({ kind: fc.constant("release" as const), attempt: attemptIndex }), weight: 2 },
  {
    arbitrary: fc.record({ kind: fc.constant("wait" as const), ms: fc.constantFrom(1, 50, 299, 300, 999, 1_000) }),
    weight: 3,
  },
  {
    arbitrary: fc.record({ kind: fc.constant("step back" as const), ms: fc.constantFrom(1, 500, 100_000) }),
    weight: 1,
  },
);

describe("whatever is asked of one key, in any order and on a clock that steps back", () => {
  it("never do more attempts believe that they have a slot than there are, and none overtakes another", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.record({ step, sendMs: fc.nat({ max: longestMs }), answerMs: fc.nat({ max: longestMs }) }), {
          maxLength: 80,
          size: "max",
        }),
        async (limit, steps) => {
          const backend = createMemoryBackend();
          let ids = 0;
          const nextId = () => String(ids++).padStart(idLength, "x");
          const attempts = Array.from(
            { length: 8 },
            (): Attempt => ({ id: nextId(), heldUntil: 0, place: undefined, former: undefined }),
          );
          // Time as it passes, and what the store's clock lags behind it.
          let time = 1_700_000_000_000;
          let lag = 0;
          for (const { step, sendMs, answerMs } of steps) {
            if (step.kind === "wait") time += step.ms;
            if (step.kind === "step back") lag += step.ms;
            if (!("attempt" in step)) continue;
            const attempt = attempts[step.attempt] as Attempt;
            const sentAt = time;
            time += sendMs;
            const options = { nowMs: time - lag };
            const hasEnded = attempt.heldUntil > 0 && attempt.heldUntil <= sentAt;
            if (step.kind === "release") {
              await backend.run(releaseSlot, keys, { id: attempt.id, limit }, options);
              Object.assign(attempt, { id: nextId(), heldUntil: 0, place: undefined, former: undefined });
              continue;
            }
            // Who holds none any more doesn't renew.
            if (step.kind === "renew" && attempt.heldUntil <= sentAt) continue;
            if (hasEnded) Object.assign(attempt, { id: nextId(), heldUntil: 0, place: undefined, former: undefined });
            const input = { id: attempt.id, limit, leaseMs, placeMs, maxWaiting: 5, mode: step.kind };
            const reply = await backend.run(takeSlot, keys, input, options);
            if (reply.status === "unreadable") throw new Error("unreadable");
            const executedAt = time;
            time += answerMs;
            const { place } = attempt;
            const since = place && place.until > executedAt ? place.since : executedAt;
            // On its way to the store, and by a clock that lags, a place may stand longer than whoever has it can know.
            const stood = place ?? attempt.former;
            const atEarliest = stood && stood.until + longestMs + lag > executedAt ? stood.atEarliest : executedAt;
            const cameBefore = (other: Attempt) =>
              other !== attempt && other.place && other.place.until > executedAt && other.place.since < atEarliest;
            if (reply.status === "held") {
              const passed = attempts.filter(cameBefore).length;
              const isNew = attempt.heldUntil === 0;
              // Each of those who came before has a slot kept free for it.
              if (isNew) expect(reply.held + passed).toBeLessThanOrEqual(limit);
              attempt.heldUntil = sentAt + leaseMs;
              attempt.place = undefined;
            } else {
              if (step.kind === "renew") attempt.heldUntil = 0;
              attempt.place = reply.status === "waits" ? { since, atEarliest, until: sentAt + placeMs } : undefined;
              attempt.former = stood;
            }
            const believing = attempts.filter(({ heldUntil }) => heldUntil > executedAt).length;
            expect(believing).toBeLessThanOrEqual(limit);
            expect(reply.held).toBeLessThanOrEqual(limit);
            expect(reply.waiting).toBeLessThanOrEqual(5);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
