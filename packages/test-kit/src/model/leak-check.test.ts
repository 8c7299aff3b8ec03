import fc from "fast-check";
import { expect, test } from "vitest";
import { createLeakCheck } from "./leak-check.ts";

const value = 'pa"ss\\wörd\n1';

test.each<[string, string]>([
  ["as it is", `text: ${value}`],
  ["as a JSON string", JSON.stringify({ text: `see ${value}.` })],
  ["as a property name", JSON.stringify({ [`x ${value}`]: 1 })],
  ["in JSON inside a JSON string", JSON.stringify({ text: JSON.stringify({ note: value }) })],
  ["three levels down", JSON.stringify([JSON.stringify([JSON.stringify([value])])])],
  ["with every character escaped", `{"text":"${everyUnitEscaped(value)}"}`],
  ["percent-encoded", `https://host.test/?q=${encodeURIComponent(value)}`],
  ["percent-encoded in JSON", JSON.stringify({ url: `https://host.test/?q=${encodeURIComponent(value)}` })],
])("finds a value %s", (_where, body) => {
  expect(createLeakCheck([value])(body)).toBe(1);
});

test("finds a value that stands as a JSON number", () => {
  expect(createLeakCheck(["417203958812"])('{"account": 417203958812}')).toBe(1);
});

test("finds nothing in a body with tokens only", () => {
  const body = JSON.stringify({ messages: [{ role: "user", content: "Look at AWS_EC2_001 and 100%." }] });
  expect(createLeakCheck([value, "i-0fb2c81d94a6e7035"])(body)).toBe(0);
});

test("counts a value once, however often it stands there", () => {
  expect(createLeakCheck(["secret-a", "secret-b", "secret-a"])('["secret-a secret-a", "secret-b"]')).toBe(2);
});

test("no value is found across the border of two strings", () => {
  expect(createLeakCheck(["onetwo"])('["one","two"]')).toBe(0);
});

test("finds any value in any nesting of JSON strings", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => !text.includes("\u0000")),
      fc.integer({ min: 1, max: 4 }),
      (text, depth) => {
        let body = `before ${text} after`;
        for (let level = 0; level < depth; level++) body = JSON.stringify([body]);
        expect(createLeakCheck([text])(body)).toBe(1);
      },
    ),
  );
});

test("a body nested without end is checked without falling over", () => {
  const deep = `${"[".repeat(5000)}"x"${"]".repeat(5000)}`;
  expect(createLeakCheck(["y-value"])(deep)).toBe(0);
});

function everyUnitEscaped(text: string): string {
  return Array.from({ length: text.length }, (_, index) => {
    return `\\u${text.charCodeAt(index).toString(16).padStart(4, "0")}`;
  }).join("");
}
