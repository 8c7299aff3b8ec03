import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonSize } from "./json-size.ts";

const characters = fc.constantFrom("a", '"', "\\", "\u0001", "é", "한", "👩", "\u2028", "\u007f");

describe("jsonSize", () => {
  it("is what a JSON array of texts takes, but for its brackets", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: characters }), { minLength: 1 }), (texts) => {
        expect(jsonSize(texts)).toBe(new TextEncoder().encode(JSON.stringify(texts)).length - 1);
      }),
    );
  });

  it("is never less for control characters that have a short form", () => {
    expect(jsonSize(["\n"])).toBeGreaterThanOrEqual(JSON.stringify("\n").length);
  });
});
