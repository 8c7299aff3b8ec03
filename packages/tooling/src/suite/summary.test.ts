import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { summarize } from "./summary.ts";

describe("summarize", () => {
  const text = stripVTControlCharacters(
    summarize([
      { name: "types", passed: 1, failed: 0, seconds: 6.25 },
      { name: "end-to-end", passed: 11, failed: 2, seconds: 70 },
    ]),
  );

  it("shows result, count and seconds of every step in columns", () => {
    expect(text.split("\n").slice(1, 5)).toEqual([
      "  step        result      passed  seconds",
      "  types       passed           1      6.3",
      "  end-to-end  2 failed        11     70.0",
      "  in all                             76.3",
    ]);
  });

  it("ends with the totals alone on a line", () => {
    expect(text.split("\n").at(-1)).toBe("12 passed, 2 failed");
  });
});
