import { ConfigurationError } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { aws, network, pii, secrets } from "../detectors/index.ts";
import { misjudgedPatterns, tamePatterns, wildPatterns } from "./fixtures/judged-patterns.ts";
import { checkPatternIsTame } from "./pattern-check.ts";

describe("checkPatternIsTame", () => {
  it.each(tamePatterns.map((pattern) => [pattern]))("accepts %s", (pattern) => {
    expect(() => checkPatternIsTame("pattern", pattern)).not.toThrow();
  });

  it.each([...wildPatterns, ...misjudgedPatterns].map((pattern) => [pattern]))("refuses %s", (pattern) => {
    expect(() => checkPatternIsTame("pattern", pattern)).toThrow(ConfigurationError);
    expect(() => checkPatternIsTame("pattern", pattern)).toThrow(/^pattern: can take exponential time/);
  });

  it("accepts the pattern of every built-in detector", () => {
    for (const detector of [aws(), secrets(), pii(), network()].flat()) {
      if (detector.kind !== "shape") continue;
      expect(() => checkPatternIsTame(detector.type, detector.pattern)).not.toThrow();
    }
  });

  it("names the place of the repeat at fault", () => {
    expect(() => checkPatternIsTame("allow[2]", /id: (?:\w+,?)+;/)).toThrow(
      "allow[2]: can take exponential time: the repeat from character 4 to 14 ",
    );
  });

  it("refuses a pattern that is too large to analyse", () => {
    expect(() => checkPatternIsTame("pattern", /(?:(?:[a-z]{60},?){60};?)+!/)).toThrow(/too large to be checked/);
    expect(() => checkPatternIsTame("pattern", new RegExp("a".repeat(5_001)))).toThrow(/more than 5000 characters/);
    expect(() => checkPatternIsTame("pattern", new RegExp(`${"(".repeat(2_400)}a${")".repeat(2_400)}`))).not.toThrow(
      RangeError,
    );
  });

  it("judges a choice of hundreds of words at once", () => {
    const words = Array.from({ length: 400 }, (_, index) => `w${index.toString(36)}x`);
    expect(() => checkPatternIsTame("pattern", new RegExp(`(?:${words.join("|")})+!`))).not.toThrow();
  });
});
