import { expect, test } from "vitest";
import { filled, flowed, wrapped } from "./columns.ts";

test("a line is wrapped between words, wide letters counted as two, and a long word is broken", () => {
  expect(wrapped("one two three", 8)).toEqual(["one two ", "three"]);
  expect(wrapped("서버 둘", 5)).toEqual(["서버 ", "둘"]);
  expect(wrapped("abcdefgh", 3)).toEqual(["abc", "def", "gh"]);
  expect(wrapped("", 3)).toEqual([""]);
});

test("a colour goes on in the next line", () => {
  expect(wrapped("\u001b[31mred red\u001b[39m", 4)).toEqual(["\u001b[31mred \u001b[39m", "\u001b[31mred\u001b[39m"]);
});

test("a text is filled to its width", () => {
  expect(filled("abc", 5)).toBe("abc  ");
  expect(filled("서버", 6)).toBe("서버  ");
  expect(filled("\u001b[31mred\u001b[39m", 4)).toBe("\u001b[31mred\u001b[39m ");
});

test("items flow into lines that fit", () => {
  expect(flowed(["EC2 5", "VPC 3", "서버 1", "ARN 36"], 12, ", ")).toEqual(["EC2 5, VPC 3", "서버 1", "ARN 36"]);
  expect(flowed([], 6, ", ")).toEqual([]);
});
