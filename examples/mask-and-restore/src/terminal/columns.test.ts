import { expect, test } from "vitest";
import { fitted, flowed } from "./columns.ts";

test("a text is filled or cut to its width, wide letters counted as two", () => {
  expect(fitted("abc", 5)).toBe("abc  ");
  expect(fitted("abcdef", 5)).toBe("abcd…");
  expect(fitted("서버 둘", 7)).toBe("서버 둘");
  expect(fitted("서버", 6)).toBe("서버  ");
  expect(fitted("\u001b[31mred\u001b[39m", 4)).toBe("\u001b[31mred\u001b[39m ");
});

test("items flow into lines that fit", () => {
  expect(flowed(["EC2 5", "VPC 3", "서버 1", "ARN 36"], 12, ", ")).toEqual(["EC2 5, VPC 3", "서버 1", "ARN 36"]);
  expect(flowed(["much too long", "b"], 6, ", ")).toEqual(["much …", "b"]);
  expect(flowed([], 6, ", ")).toEqual([]);
});
