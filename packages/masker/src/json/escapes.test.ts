import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EscapeWalk, escapeText, unescapeText } from "./escapes.ts";

const anyText = fc.string({ unit: fc.constantFrom("a", "/", '"', "\\", "\n", "\0", "é", "\ud83d", "\ude00", "😀") });

describe("escaping for JSON", () => {
  it("is undone by reading as many times as it was done", () => {
    fc.assert(
      fc.property(anyText, fc.nat(3), (text, times) => {
        let said: string | undefined = escapeText(text, times);
        for (let time = 0; time < times; time++) said = unescapeText(said!);
        expect(said).toBe(text);
      }),
    );
  });

  it("is rejected if the content isn't valid in a string", () => {
    for (const content of ["\\", "\\x", '\\n"', "\\u12", "\\\n"]) expect(unescapeText(content)).toBeUndefined();
  });
});

describe("a walk through a string", () => {
  it("finds where each character is written, with short and long escapes", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyText, fc.boolean())), (parts) => {
        const spelt = parts.flatMap(([text, isLong]) =>
          [...Array(text.length).keys()].map((index) =>
            isLong ? `\\u${text.charCodeAt(index).toString(16).padStart(4, "0")}` : escapeText(text.charAt(index), 1),
          ),
        );
        const walk = new EscapeWalk(spelt.join(""));
        let position = 0;
        spelt.forEach((unit, offset) => {
          expect(walk.positionOf(offset)).toBe(position);
          position += unit.length;
        });
        expect(walk.positionOf(spelt.length)).toBe(position);
      }),
    );
  });
});
