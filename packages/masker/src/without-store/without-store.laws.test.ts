import { randomBytes } from "node:crypto";
import { createMemoryBackend } from "@keyward/core";
import { faultyBackend } from "@keyward/test-kit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { breakable, failures } from "../fixtures/breakable-backend.ts";
import { anyDocument } from "../fixtures/documents.ts";
import { anyJsonSource } from "../fixtures/json-documents.ts";
import { testMaskerLaws } from "../fixtures/test-masker-laws.ts";
import { TokenLedger } from "../fixtures/token-ledger.ts";
import type { Masked } from "../masked.ts";
import { createMasker, type Masker } from "../masker.ts";
import type { MaskerOptions } from "../options.ts";

const encryption = { keys: [randomBytes(32)] };
const store = createMemoryBackend();

/** Instances that never reach the store. They share nothing but the key. */
const createLost = (options: MaskerOptions = {}): Masker =>
  createMasker({
    backend: faultyBackend(createMemoryBackend(), () => ({ kind: "fail-before" })),
    encryption,
    ...options,
  });
const [lost, elsewhere] = [createLost(), createLost()];
const delimited = createLost({ format: { prefix: "[[", suffix: "]]" } });

const fault = fc.constantFrom(undefined, undefined, ...failures);
const long = fc.string({ unit: "binary", minLength: 60, maxLength: 200 }).map((text) => `password="${text}"`);
const documents = fc
  .array(fc.oneof({ weight: 4, arbitrary: anyDocument }, { weight: 1, arbitrary: long }), { maxLength: 3 })
  .map((parts) => parts.join(" "));

describe("a masker without its store", () => {
  testMaskerLaws({ masker: lost, elsewhere, delimited, documents, runs: 300 });

  it("restores JSON to what it was", async () => {
    await fc.assert(
      fc.asyncProperty(anyJsonSource, async (source) => {
        const masked = await lost.maskJson(source);
        JSON.parse(masked.text);
        const { text, unresolved } = await elsewhere.unmaskJson(masked.text, masked);
        expect({ value: JSON.parse(text), unresolved }).toEqual({ value: JSON.parse(source), unresolved: [] });
      }),
      { numRuns: 300 },
    );
  });

  it("restores everything that was masked while the store came and went, once it is back", async () => {
    const { backend, breakBy } = breakable(store);
    const masker = createMasker({ backend, encryption });
    const other = createMasker({ backend: store, encryption });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(documents, fault), { maxLength: 4 }), async (steps) => {
        const texts: { text: string; masked: Masked }[] = [];
        for (const [text, what] of steps) {
          breakBy(what);
          texts.push({ text, masked: await masker.mask(text) });
        }
        breakBy(undefined);
        for (const { text, masked } of texts) {
          expect(await masker.unmask(masked.text, masked)).toEqual({ text, unresolved: [] });
          expect(await other.unmask(masked.text, masked.handle)).toEqual({ text, unresolved: [] });
        }
      }),
      { numRuns: 150 },
    );
  });

  it("issues no number twice, whichever calls fail", async () => {
    const [one, other] = [breakable(store), breakable(store)];
    const maskers = [one, other].map(({ backend }) => createMasker({ backend, encryption, scope: "numbers" }));
    const ledger = new TokenLedger();
    await fc.assert(
      fc.asyncProperty(documents, fault, fault, async (text, first, second) => {
        one.breakBy(first);
        other.breakBy(second);
        for (const masked of await Promise.all(maskers.map((masker) => masker.mask(text)))) {
          ledger.expectNoneTwice(text, masked);
        }
      }),
      { numRuns: 200 },
    );
  });
});
