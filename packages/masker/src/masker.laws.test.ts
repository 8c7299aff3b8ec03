import { randomBytes } from "node:crypto";
import { createMemoryBackend } from "@keyward/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyDocument, sensitiveValues } from "./fixtures/documents.ts";
import { originalsOf, unmaskPieces } from "./fixtures/masked-texts.ts";
import { createMasker } from "./masker.ts";

const backend = createMemoryBackend();
const encryption = { keys: [randomBytes(32)] };
const masker = createMasker({ backend, encryption });
const elsewhere = createMasker({ backend, encryption });
const delimited = createMasker({ format: { prefix: "[[", suffix: "]]" } });

describe("a masker", () => {
  it("restores every text that it masked, on another instance too", async () => {
    await fc.assert(
      fc.asyncProperty(anyDocument, async (text) => {
        const masked = await masker.mask(text);
        expect(await masker.unmask(masked.text, masked)).toEqual({ text, unresolved: [] });
        expect(await elsewhere.unmask(masked.text, masked.handle)).toEqual({ text, unresolved: [] });
        const enclosed = await delimited.mask(text);
        expect(await delimited.unmask(enclosed.text, enclosed)).toEqual({ text, unresolved: [] });
      }),
      { numRuns: 500 },
    );
  });

  it("gives one original one token and no two the same, over all documents and instances", async () => {
    const tokenOf = new Map<string, string>();
    const originalOf = new Map<string, string>();
    await fc.assert(
      fc.asyncProperty(anyDocument, async (text) => {
        const all = await Promise.all([masker.mask(text), elsewhere.mask(text)]);
        expect(all[1].text).toBe(all[0].text);
        for (const { type, start, end, token } of all[0].findings) {
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

  it("leaves no detected value in the masked text, nor in anything it returns", async () => {
    await fc.assert(
      fc.asyncProperty(anyDocument, async (text) => {
        const masked = await masker.mask(text);
        for (const original of originalsOf(text, masked)) {
          expect(masked.text).not.toContain(original);
          if (original.length > 3) expect(masked.handle).not.toContain(original);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("masks a value that was found by its context wherever it stands", async () => {
    const { text } = await masker.mask("password=hunter2-Zx9; then xhunter2-Zx9y and hunter2-Zx9");
    expect(text).not.toContain("hunter2");
  });

  it("restores only what the handle names and reports the rest", async () => {
    const mine = await masker.mask("i-1234567890abcdef0");
    const other = await masker.mask("i-0abc1234 10.0.1.100");
    const answer = `${mine.text} ${other.text}`;
    const { text, unresolved } = await masker.unmask(answer, mine);
    expect(text).toBe(`i-1234567890abcdef0 ${other.text}`);
    expect(unresolved.map(({ token, reason }) => `${token} ${reason}`)).toEqual(
      other.findings.map(({ token }) => `${token} not-issued`),
    );
    expect((await masker.unmask(answer, [mine, other.handle])).unresolved).toEqual([]);
    expect((await masker.unmask(answer, null, { within: "scope" })).text).toBe(
      "i-1234567890abcdef0 i-0abc1234 10.0.1.100",
    );
  });

  it("restores a streamed text as the whole, wherever it is cut", async () => {
    await fc.assert(
      fc.asyncProperty(anyDocument, fc.array(fc.nat(), { maxLength: 12 }), async (text, places) => {
        const masked = await masker.mask(text);
        const cuts = [...new Set(places.map((place) => place % (masked.text.length + 1)))].sort((a, b) => a - b);
        const pieces = [0, ...cuts].map((from, index) => masked.text.slice(from, cuts[index]));
        expect(await unmaskPieces(elsewhere, pieces, masked)).toBe(text);
      }),
      { numRuns: 200 },
    );
    const masked = await masker.mask(sensitiveValues.join(" "));
    for (let cut = 0; cut <= masked.text.length; cut++) {
      expect(await unmaskPieces(elsewhere, [masked.text.slice(0, cut), masked.text.slice(cut)], masked)).toBe(
        sensitiveValues.join(" "),
      );
    }
  });
});
