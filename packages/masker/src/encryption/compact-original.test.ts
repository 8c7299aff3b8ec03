import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compactLength, readCompact, writeCompact } from "./compact-original.ts";
import { anyString } from "./fixtures/scope-keys.ts";

function written(original: string): Uint8Array {
  const bytes = new Uint8Array(compactLength(original));
  writeCompact(original, bytes, 0);
  return bytes;
}

describe("a compact original", () => {
  it("can be read back, whatever its code units and whatever it ends with", () => {
    const ending = fc.constantFrom("", "\0", "\0\0\0", "\u0001", "\u0002", "\u0100", "\ud800", "\u0200");
    fc.assert(
      fc.property(anyString, ending, (begin, end) => {
        expect(readCompact(written(begin + end))).toBe(begin + end);
      }),
    );
    const long = "가".repeat(20_000);
    expect(readCompact(written(long))).toBe(long);
  });

  it("takes one byte more than its code units, in steps of five up to 64 bytes and of 32 above", () => {
    const lengths = [
      "",
      "abcd",
      "abcde",
      "i-1234567890abcdef0",
      "한국",
      "a".repeat(64),
      "가".repeat(32),
      "a".repeat(65),
    ];
    expect(lengths.map(compactLength)).toEqual([5, 5, 10, 20, 5, 65, 65, 96]);
  });

  it("isn't read from bytes that nobody wrote", () => {
    for (const bytes of [[], [0, 0, 0], [3], [65, 2], [65, 66, 67, 2, 0], [65, 3, 0]]) {
      expect(readCompact(Uint8Array.from(bytes))).toBeUndefined();
    }
  });
});
