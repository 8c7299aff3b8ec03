import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalBase32, fromBase32, isBase32Unit, toBase32 } from "./base32.ts";

const fives = fc.nat(13).chain((groups) => fc.uint8Array({ minLength: 5 * groups, maxLength: 5 * groups }));

/** Encodes by arithmetic on one large number. */
function reference(bytes: Uint8Array): string {
  let number = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  let letters = "";
  for (let index = 0; index < (bytes.length / 5) * 8; index++) {
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".charAt(Number(number % 32n)) + letters;
    number /= 32n;
  }
  return letters;
}

describe("base32", () => {
  it("is Crockford's, and can be read back", () => {
    fc.assert(
      fc.property(fives, (bytes) => {
        expect(toBase32(bytes)).toBe(reference(bytes));
        expect(fromBase32(toBase32(bytes))).toEqual(Uint8Array.from(bytes));
      }),
    );
  });

  it("reads every letter in any case, and letters that look like digits as those digits", () => {
    expect(canonicalBase32("o0OiI1lLzZ")).toBe("00011111ZZ");
    const read = Array.from({ length: 200 }, (_, unit) => unit).filter(isBase32Unit);
    expect(String.fromCharCode(...read)).toBe("0123456789ABCDEFGHIJKLMNOPQRSTVWXYZabcdefghijklmnopqrstvwxyz");
    expect(isBase32Unit(Number.NaN)).toBe(false);
  });
});
