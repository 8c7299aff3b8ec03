import { randomBytes } from "node:crypto";
import { createMemoryBackend } from "@keyward/core";
import { faultyBackend } from "@keyward/test-kit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { breakable, failures } from "./fixtures/breakable-backend.ts";
import { anyDocument, sensitiveValues } from "./fixtures/documents.ts";
import { anyJsonSource } from "./fixtures/json-documents.ts";
import { originalsOf, unmaskPieces } from "./fixtures/masked-texts.ts";
import type { Masked } from "./masked.ts";
import { createMasker, type Masker } from "./masker.ts";

const encryption = { keys: [randomBytes(32)] };
const store = createMemoryBackend();

/** Instances that never reach the store: they have nothing in common but the key. */
const createLost = (): Masker =>
  createMasker({ backend: faultyBackend(createMemoryBackend(), () => ({ kind: "fail-before" })), encryption });
const [lost, elsewhere] = [createLost(), createLost()];
const delimited = createMasker({
  backend: faultyBackend(createMemoryBackend(), () => ({ kind: "fail-before" })),
  encryption,
  format: { prefix: "[[", suffix: "]]" },
});

const fault = fc.constantFrom(undefined, undefined, ...failures);
const long = fc.string({ unit: "binary", minLength: 60, maxLength: 200 }).map((text) => `password="${text}"`);
const document = fc
  .array(fc.oneof({ weight: 4, arbitrary: anyDocument }, { weight: 1, arbitrary: long }), { maxLength: 3 })
  .map((parts) => parts.join(" "));

describe("a masker without its store", () => {
  it("restores every text that it masked, on any instance with the key", async () => {
    await fc.assert(
      fc.asyncProperty(document, async (text) => {
        const masked = await lost.mask(text);
        expect(await lost.unmask(masked.text, masked)).toEqual({ text, unresolved: [] });
        expect(await elsewhere.unmask(masked.text, masked.handle)).toEqual({ text, unresolved: [] });
        const enclosed = await delimited.mask(text);
        expect(await delimited.unmask(enclosed.text, enclosed)).toEqual({ text, unresolved: [] });
      }),
      { numRuns: 300 },
    );
  });

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

  it("restores what was masked while the store came and went, once it is back", async () => {
    const { backend, breakBy } = breakable(store);
    const masker = createMasker({ backend, encryption });
    const other = createMasker({ backend: store, encryption });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(document, fault), { maxLength: 4 }), async (steps) => {
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

  it("gives one original one sealed token, on every instance, and no two the same", async () => {
    const tokenOf = new Map<string, string>();
    const originalOf = new Map<string, string>();
    await fc.assert(
      fc.asyncProperty(document, async (text) => {
        const [one, other] = await Promise.all([lost.mask(text), elsewhere.mask(text)]);
        expect(other.text).toBe(one.text);
        for (const { type, start, end, token } of one.findings) {
          const original = `${type} ${text.slice(start, end)}`;
          expect(tokenOf.get(original) ?? token).toBe(token);
          expect(originalOf.get(token) ?? original).toBe(original);
          tokenOf.set(original, token);
          originalOf.set(token, original);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("gives no number twice, whatever becomes of each call", async () => {
    const [one, other] = [breakable(store), breakable(store)];
    const maskers = [one, other].map(({ backend }) => createMasker({ backend, encryption, scope: "numbers" }));
    const originalOf = new Map<string, string>();
    await fc.assert(
      fc.asyncProperty(document, fault, fault, async (text, first, second) => {
        one.breakBy(first);
        other.breakBy(second);
        for (const { findings } of await Promise.all(maskers.map((masker) => masker.mask(text)))) {
          for (const { type, start, end, token } of findings) {
            const original = `${type} ${text.slice(start, end)}`;
            expect(originalOf.get(token) ?? original).toBe(original);
            originalOf.set(token, original);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it("leaves no detected value in anything that it returns", async () => {
    await fc.assert(
      fc.asyncProperty(document, async (text) => {
        const masked = await lost.mask(text);
        for (const original of originalsOf(text, masked)) {
          expect(masked.text).not.toContain(original);
          if (original.length > 3) expect(masked.handle).not.toContain(original);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("restores only what the handle names", async () => {
    const long = `password="${"x".repeat(100)}"`;
    const mine = await lost.mask("i-1234567890abcdef0");
    const other = await lost.mask(`i-0abc1234 10.0.1.100 ${long}`);
    const { text, unresolved } = await lost.unmask(`${mine.text} ${other.text}`, mine);
    expect(text).toBe(`i-1234567890abcdef0 ${other.text}`);
    expect(unresolved.map(({ token, reason }) => `${token} ${reason}`)).toEqual(
      other.findings.map(({ token }) => `${token} not-issued`),
    );
    expect((await lost.unmask(`${mine.text} ${other.text}`, [mine, other])).unresolved).toEqual([]);
  });

  it("restores a streamed text as the whole, wherever it is cut", async () => {
    await fc.assert(
      fc.asyncProperty(document, fc.array(fc.nat(), { maxLength: 12 }), async (text, places) => {
        const masked = await lost.mask(text);
        const cuts = [...new Set(places.map((place) => place % (masked.text.length + 1)))].sort((a, b) => a - b);
        const pieces = [0, ...cuts].map((from, index) => masked.text.slice(from, cuts[index]));
        expect(await unmaskPieces(elsewhere, pieces, masked)).toBe(text);
      }),
      { numRuns: 150 },
    );
    const whole = sensitiveValues.slice(0, 6).join(" ");
    const masked = await lost.mask(whole);
    for (let cut = 0; cut <= masked.text.length; cut++) {
      expect(await unmaskPieces(elsewhere, [masked.text.slice(0, cut), masked.text.slice(cut)], masked)).toBe(whole);
    }
  });
});
