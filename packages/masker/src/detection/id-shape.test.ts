import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeUnitsOf } from "../matcher/code-units.ts";
import { IdShape } from "./id-shape.ts";

describe("IdShape", () => {
  it.each(["i-[0-9a-f]{4}(?:[0-9a-f]{3})?", "db-[A-F0-9]{5}", "a-[a-c-]{2}(?:[a-c-]{1})?", "a[0-9]{0}", "i-[a]{1}"])(
    "finds at each place what /%s/y finds",
    (source) => {
      const pattern = new RegExp(source, "y");
      const shape = IdShape.of(pattern)!;
      const piece = fc.constantFrom("i-", "db-", "a-", "a", "c", "f", "0", "9", "A", "F", "-", "가", "\ud800", " ");
      fc.assert(
        fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
          const text = pieces.join("");
          const units = codeUnitsOf(text);
          for (let at = 0; at <= text.length; at++) {
            pattern.lastIndex = at;
            expect(shape.endAt(units, at)).toBe(pattern.test(text) ? pattern.lastIndex : -1);
          }
        }),
      );
    },
  );

  it.each([
    /i-[0-9a-f]{4}/,
    /i-[0-9a-f]{4}/iy,
    /i-[^0-9]{4}/y,
    /i-[0-9]{4,5}/y,
    /i-[0-9a-f]{4}(?:[0-9]{3})?/y,
    /i-[0-9]{4}(?![0-9])/y,
    /i.[0-9]{4}/y,
    /i-\d{4}/y,
  ])("leaves %s to the engine", (pattern) => {
    expect(IdShape.of(pattern)).toBeUndefined();
  });

  it("leaves a pattern with its own test method alone", () => {
    expect(IdShape.of(Object.assign(/i-[0-9]{4}/y, { test: () => true }))).toBeUndefined();
  });
});
