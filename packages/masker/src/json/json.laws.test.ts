import { createMemoryBackend } from "@keyward/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyJsonSource, anyPlainJsonSource } from "../fixtures/json-documents.ts";
import { createMasker } from "../masker.ts";

const backend = createMemoryBackend();
const masker = createMasker({ backend });
const elsewhere = createMasker({ backend });
const delimited = createMasker({ format: { prefix: "[[", suffix: "]]" } });

/** Look-alikes and brackets aren't values. They may stay where nobody would misread them. */
const lookAlike = /^(?:AWS|NET|TEXT|JSON)(?:\\?_|[- ])|^[[{]\w*$/i;

/** Every string and name, including those of JSON in strings. */
function stringsOf(value: unknown, depth = 0): string[] {
  if (typeof value === "string") {
    try {
      const inner: unknown = JSON.parse(value);
      if (typeof inner === "object" && inner !== null && depth < 8) return [...stringsOf(inner, depth + 1), value];
    } catch {
      // Text.
    }
    return [value];
  }
  if (typeof value !== "object" || value === null) return [String(value)];
  return Object.entries(value).flatMap(([name, member]) => [name, ...stringsOf(member, depth)]);
}

describe("a masker of JSON", () => {
  it("restores every value, however its source is spelt, on another instance too", async () => {
    await fc.assert(
      fc.asyncProperty(anyJsonSource, async (source) => {
        const masked = await masker.maskJson(source);
        const restored = await elsewhere.unmaskJson(masked.text, masked.handle);
        expect(restored.unresolved).toEqual([]);
        expect(JSON.parse(restored.text)).toStrictEqual(JSON.parse(source));
        const enclosed = await delimited.maskJson(source);
        const opened = await delimited.unmaskJson(enclosed.text, enclosed);
        expect(JSON.parse(opened.text)).toStrictEqual(JSON.parse(source));
      }),
      { numRuns: 500 },
    );
  });

  it("restores the source exactly if nothing in it is escaped needlessly", async () => {
    await fc.assert(
      fc.asyncProperty(anyPlainJsonSource, async (source) => {
        const masked = await masker.maskJson(source);
        expect(await elsewhere.unmaskJson(masked.text, masked)).toEqual({ text: source, unresolved: [] });
      }),
      { numRuns: 500 },
    );
  });

  it("leaves no value that it found in any string that it returns", async () => {
    await fc.assert(
      fc.asyncProperty(anyJsonSource, async (source) => {
        const masked = await masker.maskJson(source);
        const tokens = masked.findings.filter(({ type }) => type !== "TEXT_LITERAL").map(({ token }) => token);
        const { text } = await masker.unmaskJson(JSON.stringify(tokens.map((token) => `${token}!`)), masked);
        const originals = (JSON.parse(text) as string[])
          .map((original) => original.slice(0, -1))
          .filter((original) => !lookAlike.test(original));
        for (const one of stringsOf(JSON.parse(masked.text))) {
          const left = tokens.reduce((rest, token) => rest.replaceAll(token, "\0"), one);
          for (const original of originals) expect(left).not.toContain(original);
        }
      }),
      { numRuns: 500 },
    );
  });
});
