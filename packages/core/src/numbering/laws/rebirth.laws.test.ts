import fc from "fast-check";
import { expect, it } from "vitest";
import { createMemoryBackend } from "../../memory/memory-backend.ts";
import { counters, generationA, generationB, tamper } from "../fixtures/tamper.ts";
import { createMappingStore } from "../mapping-store.ts";

const type = fc.constantFrom("HOST", "USER");
const value = fc.constantFrom("a", "b", "c", "d", "e");
const store = fc.constantFrom("long", "short");

const step = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant("assign"), store, type, value }), weight: 8 },
  {
    arbitrary: fc.record({ kind: fc.constant("resolve"), store, type, number: fc.integer({ min: 1, max: 9 }) }),
    weight: 4,
  },
  { arbitrary: fc.record({ kind: fc.constant("replace"), store, type, value }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant("forget"), store, type, value }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant("forget all"), store }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant("wait"), ms: fc.constantFrom(1, 399, 400, 1_000, 2_000) }), weight: 6 },
  {
    arbitrary: fc.record({
      kind: fc.constant("lose"),
      keys: fc.subarray([counters, generationA, generationB], { minLength: 1 }),
    }),
    weight: 4,
  },
) as fc.Arbitrary<Step>;

type Ttl = "long" | "short";

type Step =
  | {
      readonly kind: "assign" | "replace" | "forget";
      readonly store: Ttl;
      readonly type: string;
      readonly value: string;
    }
  | { readonly kind: "resolve"; readonly store: Ttl; readonly type: string; readonly number: number }
  | { readonly kind: "forget all"; readonly store: Ttl }
  | { readonly kind: "wait"; readonly ms: number }
  | { readonly kind: "lose"; readonly keys: readonly string[] };

it("whichever keys are lost, at once or one by one, a number means one original under one birth", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40, size: "max" }), async (steps) => {
      let now = 1_000_000;
      const backend = createMemoryBackend({ now: () => now });
      // With two ttls, a generation can become the older one before its time.
      const stores = {
        long: createMappingStore({ backend, scope: "s", ttl: 1_000 }),
        short: createMappingStore({ backend, scope: "s", ttl: 400 }),
      };
      const meant = new Map<string, string>();
      const expectMeaning = (born: number, token: string, original: string) => {
        const before = meant.get(`${born} ${token}`) ?? original;
        expect(original, `${token} of the scope born at ${born}`).toBe(before);
      };
      for (const next of steps) {
        if (next.kind === "assign") {
          const { born, assigned } = await stores[next.store].assign([{ type: next.type, value: next.value }]);
          const token = `${next.type} ${assigned[0]?.number}`;
          expect(born).toBeGreaterThan(0);
          expectMeaning(born, token, next.value);
          meant.set(`${born} ${token}`, next.value);
        } else if (next.kind === "resolve") {
          const { born, values } = await stores[next.store].resolve([{ type: next.type, number: next.number }]);
          if (typeof values[0] === "string") expectMeaning(born, `${next.type} ${next.number}`, values[0]);
        } else if (next.kind === "replace") {
          await stores[next.store].replace([{ type: next.type, value: next.value }]);
        } else if (next.kind === "forget") {
          await stores[next.store].forget({ entries: [{ type: next.type, value: next.value }] });
        } else if (next.kind === "forget all") {
          await stores[next.store].forget("all");
        } else if (next.kind === "wait") {
          now += next.ms;
        } else if (next.kind === "lose") {
          now += 1;
          for (const key of next.keys) await tamper(backend, key, (keys) => void keys.delete(key));
        }
      }
    }),
    { numRuns: 2_000 },
  );
});
