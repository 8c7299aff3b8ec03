import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { areEqualBytes, fromBase64Url, toBase64Url } from "./base64-url.ts";

describe("toBase64Url", () => {
  it("writes what the platform writes, and can be read back", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = toBase64Url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("base64url"));
        expect(fromBase64Url(text)).toEqual(bytes);
      }),
    );
  });
});

describe("fromBase64Url", () => {
  it.each(["A", "AB", "AAB", "A=", "A+", "A/", "AA==", "가"])("accepts no second way to write bytes: %j", (text) => {
    expect(fromBase64Url(text)).toBeUndefined();
  });
});

describe("areEqualBytes", () => {
  it("tells codes apart by any byte and by length", () => {
    const bytes = Uint8Array.of(1, 2, 3);
    expect(areEqualBytes(bytes, Uint8Array.of(1, 2, 3))).toBe(true);
    for (const other of [[0, 2, 3], [1, 2, 4], [1, 2], [1, 2, 3, 0], []]) {
      expect(areEqualBytes(bytes, Uint8Array.from(other))).toBe(false);
    }
  });
});
