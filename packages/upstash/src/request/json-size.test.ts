import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonSize } from "./json-size.ts";

const characters = fc.constantFrom("a", '"', "\\", "\u0001", "é", "한", "👩", "\u2028", "\u007f");

describe("jsonSize", () => {
  it("is the size of a JSON array of texts, except for its brackets", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: characters }), { minLength: 1 }), (texts) => {
        expect(jsonSize(texts)).toBe(new TextEncoder().encode(JSON.stringify(texts)).length - 1);
      }),
    );
  });

  it("is never too low for control characters that have a short form", () => {
    expect(jsonSize(["\n"])).toBeGreaterThanOrEqual(JSON.stringify("\n").length);
  });
});
