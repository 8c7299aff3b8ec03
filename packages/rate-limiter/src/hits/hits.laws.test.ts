import { createMemoryBackend } from "@keyward/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type CountHitsArguments, countHits } from "./scripts/count-hits.ts";

const keys = ["{a}"];
const windowMs = 100;
const step = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant("request" as const) }), weight: 4 },
  { arbitrary: fc.record({ kind: fc.constant("take back" as const), which: fc.nat(2) }), weight: 3 },
  { arbitrary: fc.record({ kind: fc.constant("wait" as const), ms: fc.constantFrom(1, 50, 99, 100) }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant("reset" as const) }), weight: 1 },
);

it("no more pass in a window than the limit, as long as each is taken back once, in its own window, and before a reset", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(2), fc.array(step, { maxLength: 40, size: "max" }), async (limit, steps) => {
      const backend = createMemoryBackend();
      let now = 1_700_000_000_000;
      let endsAt = 0;
      /** Of the window that counts now. */
      let requests: { passed: boolean }[] = [];
      const count = async (by: CountHitsArguments["by"]) => {
        const reply = await backend.run(countHits, keys, { windowMs, by }, { nowMs: now });
        if (reply === "unreadable") throw new Error("unreadable");
        return reply?.count ?? 0;
      };
      for (const each of steps) {
        if (each.kind === "wait") now += each.ms;
        if (each.kind === "reset") await backend.delete(keys);
        if (each.kind === "reset" || now >= endsAt) [requests, endsAt] = [[], 0];
        if (each.kind === "request") {
          endsAt ||= now + windowMs;
          requests.push({ passed: (await count(1)) <= limit });
        } else if (each.kind === "take back" && each.which < requests.length) {
          requests.splice(-1 - each.which, 1);
          await count(-1);
        }
        expect(await count(0)).toBe(requests.length);
        expect(requests.filter(({ passed }) => passed).length).toBeLessThanOrEqual(limit);
      }
    }),
  );
});
