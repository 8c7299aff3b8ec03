import { ConfigurationError } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { type PatternOptions, pattern } from "./pattern.ts";
import { findPattern } from "./pattern-finder.ts";

const ticket: PatternOptions = { type: "CORP_TICKET", pattern: /TICK-\d{4}/, maxLength: 9 };

describe("pattern", () => {
  it("makes a detector with all defaults filled in", () => {
    expect(pattern(ticket)).toEqual({
      kind: "pattern",
      type: "CORP_TICKET",
      pattern: /TICK-\d{4}/g,
      maxLength: 9,
      priority: 0,
      confidence: "high",
    });
  });

  it("runs a copy, so that the caller's lastIndex doesn't change", () => {
    for (const flags of ["", "g", "y", "gy"]) {
      const own = new RegExp("TICK-\\d{4}", flags);
      own.lastIndex = 3;
      const detector = pattern({ ...ticket, pattern: own });
      expect(findPattern(detector, "see TICK-1234, TICK-5678")).toHaveLength(2);
      expect(own.lastIndex).toBe(3);
    }
  });

  it("keeps the flags that affect what matches", () => {
    expect(pattern({ ...ticket, pattern: /tick.\d{4}/imsuy }).pattern.flags).toBe("gimsu");
  });

  it.each<[string, object]>([
    ["type", { type: "TICKET" }],
    ["type", { type: 7 }],
    ["pattern", { pattern: "TICK" }],
    ["pattern", { pattern: undefined }],
    ["pattern", { pattern: /(a+)+$/ }],
    ["pattern", { pattern: /^|\b|(?=x)/ }],
    ["pattern", { pattern: /x{0}/ }],
    ["pattern", { pattern: new RegExp("a".repeat(5_001)) }],
    ["maxLength", { maxLength: 0 }],
    ["maxLength", { maxLength: 4_097 }],
    ["maxLength", { maxLength: 9.5 }],
    ["maxLength", { maxLength: "9" }],
    ["maxLength", { maxLength: undefined }],
    ["maxLength", { maxLength: 8 }],
    ["maxLength", { pattern: /.*foo.*bar/, maxLength: 142 }],
    ["maxLength", { pattern: /a*a*a*b/, maxLength: 28 }],
    ["validate", { validate: true }],
    ["priority", { priority: Number.NaN }],
    ["confidence", { confidence: "certain" }],
  ])("names %s if it can't be used: %j", (field, change) => {
    const make = (): unknown => pattern({ ...ticket, ...change });
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(expect.objectContaining({ field }));
  });

  it("accepts a greater length if attempts end sooner", () => {
    for (const [expression, maxLength] of [
      [/.*foo.*bar/, 141],
      [/a*a*a*b/, 27],
      [/\d+-\d+/, 4_096],
      [/.{0,40}foo.{0,40}bar/, 4_096],
    ] as const) {
      expect(pattern({ ...ticket, pattern: expression, maxLength }).maxLength).toBe(maxLength);
    }
  });

  it("refuses a pattern that is too large to analyse", () => {
    const large = /(?:(?:[a-z]{60},?){60};?)+!/;
    expect(() => pattern({ ...ticket, pattern: large, maxLength: 4_096 })).toThrow(/too large to be checked/);
    const long = new RegExp(`${"a".repeat(2_500)}\\d+-`);
    expect(() => pattern({ ...ticket, pattern: long, maxLength: 4_096 })).toThrow(/too large to be checked/);
  });
});
