import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../errors/configuration-error.ts";
import { createSteadyClock } from "./steady-clock.ts";

describe("createSteadyClock", () => {
  it("follows its source in whole milliseconds", () => {
    let source = 1_000.9;
    const clock = createSteadyClock(() => source);
    expect(clock()).toBe(1_000);
    source = 1_234.5;
    expect(clock()).toBe(1_234);
  });

  it("stands still while the source steps back, then continues at the source's pace", () => {
    let source = 1_000;
    const clock = createSteadyClock(() => source);
    source = 400;
    expect(clock()).toBe(1_000);
    source = 410;
    expect(clock()).toBe(1_010);
    source = 2_410;
    expect(clock()).toBe(3_010);
  });

  it("ignores a reading that isn't a time", () => {
    let source = 1_000;
    const clock = createSteadyClock(() => source);
    source = Number.NaN;
    expect(clock()).toBe(1_000);
    source = Number.POSITIVE_INFINITY;
    expect(clock()).toBe(1_000);
    source = 1_005;
    expect(clock()).toBe(1_005);
  });

  it("refuses a source that doesn't return a time", () => {
    expect(() => createSteadyClock(() => Number.NaN)).toThrow(ConfigurationError);
  });
});
