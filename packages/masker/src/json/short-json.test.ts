import fc from "fast-check";
import { expect, it } from "vitest";
import { isShortJson } from "./short-json.ts";

function parses(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null;
  } catch {
    return false;
  }
}

const pieces = [
  "[",
  "]",
  "{",
  "}",
  ",",
  ":",
  '"a"',
  '"',
  '""',
  "\\",
  "\\n",
  "\\u00e9",
  "\\q",
  "\n",
  " ",
  "1",
  "-",
  "0",
];
const anyText = fc
  .array(fc.constantFrom(...pieces, "1e3", "01", ".5", "true", "null", "x", '"a":'), { maxLength: 12 })
  .map((parts) => parts.join(""));
const anyJson = fc.oneof(
  fc.json(),
  fc.jsonValue().map((value) => JSON.stringify(value, undefined, 1)),
);
/** Valid except in one place. */
const nearlyJson = fc
  .tuple(anyJson, fc.nat(), fc.constantFrom(...pieces, ""), fc.nat(1))
  .map(([text, at, piece, removed]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + piece + text.slice(place + removed);
  });

it("tells JSON objects and arrays from other texts as JSON.parse does", () => {
  fc.assert(
    fc.property(fc.oneof(anyText, anyJson, nearlyJson), (text) => {
      expect(isShortJson(text)).toBe(parses(text));
    }),
    { numRuns: 5_000 },
  );
});
