import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeMessage, encodeMessage } from "./message-encoding.ts";

const treacherous = fc.string({ unit: fc.constantFrom("%", "2", "5", "0", "D", "A", "\r", "\n", "a", "한") });

describe("a message on its way", () => {
  it("is on one line and comes back as it was", () => {
    fc.assert(
      fc.property(fc.oneof(treacherous, fc.string({ unit: "binary" })), (message) => {
        const text = encodeMessage(message);
        expect(text).not.toMatch(/[\r\n]/);
        expect(decodeMessage(text)).toBe(message);
      }),
    );
  });

  it("is readable for others where it has neither line breaks nor percent signs", () => {
    expect(encodeMessage('{"id":1,"text":"a, b"}')).toBe('{"id":1,"text":"a, b"}');
  });

  it("of another program is taken as it stands", () => {
    expect(decodeMessage("100 % of %20 and %0a")).toBe("100 % of %20 and %0a");
  });
});
