import { ConfigurationError } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { misjudgedPatterns, tamePatterns, wildPatterns } from "./fixtures/judged-patterns.ts";
import { checkPatternIsTame } from "./pattern-check.ts";

describe("checkPatternIsTame", () => {
  it.each(tamePatterns.map((pattern) => [pattern]))("accepts %s", (pattern) => {
    expect(() => checkPatternIsTame("pattern", pattern)).not.toThrow();
  });

  it.each([...wildPatterns, ...misjudgedPatterns].map((pattern) => [pattern]))("refuses %s", (pattern) => {
    expect(() => checkPatternIsTame("pattern", pattern)).toThrow(ConfigurationError);
    expect(() => checkPatternIsTame("pattern", pattern)).toThrow(/^pattern: can run away/);
  });
});
