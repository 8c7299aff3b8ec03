import { expect, test } from "vitest";
import { fitted, inColumns } from "./columns.ts";

test("a text is filled or cut to its width, wide letters counted as two", () => {
  expect(fitted("abc", 5)).toBe("abc  ");
  expect(fitted("abcdef", 5)).toBe("abcd…");
  expect(fitted("서버 둘", 7)).toBe("서버 둘");
  expect(fitted("서버", 6)).toBe("서버  ");
  expect(fitted("\u001b[31mred\u001b[39m", 4)).toBe("\u001b[31mred\u001b[39m ");
});

test("cells stand in columns that are read downwards", () => {
  expect(inColumns(["a 1", "b 2", "c 3", "d 4", "e 5"], 10)).toEqual(["a 1   d 4", "b 2   e 5", "c 3"]);
});

test("a narrow terminal gets one column", () => {
  expect(inColumns(["long cell", "other"], 5)).toEqual(["long…", "other"]);
  expect(inColumns([], 5)).toEqual([]);
});
