import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DeadlineQueue } from "./deadline-queue.ts";
import { createStringEntry, type Entry } from "./entry.ts";

/** Takes everything out as the table does. */
function drain(queue: DeadlineQueue): Entry[] {
  const drained: Entry[] = [];
  for (let first = queue.first; first; first = queue.first) {
    if (first.expiresAt !== first.queuedFor) {
      queue.settle(first);
    } else {
      drained.push(first);
      queue.remove(first);
    }
  }
  return drained;
}

describe("DeadlineQueue", () => {
  it("returns the entries that still have a deadline, earliest first, after any moves", () => {
    const moves = fc.array(
      fc.tuple(fc.nat({ max: 62 }), fc.oneof(fc.nat({ max: 50 }), fc.constantFrom(null, "remove" as const))),
      { minLength: 60, maxLength: 300 },
    );
    fc.assert(
      fc.property(moves, (sequence) => {
        const queue = new DeadlineQueue();
        const entries = Array.from({ length: 63 }, (_, index) => createStringEntry(`${index}`, "", "always"));
        for (const [index, deadline] of sequence) {
          const entry = entries[index]!;
          entry.expiresAt = deadline === "remove" ? null : deadline;
          if (deadline === "remove") queue.remove(entry);
          else queue.update(entry);
        }
        const expected = entries.filter((entry) => entry.expiresAt !== null);
        const drained = drain(queue);
        expect(new Set(drained)).toEqual(new Set(expected));
        const deadlines = drained.map((entry) => entry.expiresAt ?? Number.NaN);
        expect(deadlines).toEqual([...deadlines].sort((a, b) => a - b));
      }),
      { numRuns: 500 },
    );
  });
});
