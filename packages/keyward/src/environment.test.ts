import { describe, expect, expectTypeOf, it } from "vitest";
import { type Environment, readAsIs, readSwitch, readText, readWholeNumber } from "./environment.ts";

describe("readText", () => {
  it("takes an empty variable for an absent one, and drops white space around a value", () => {
    expect(readText({}, "REDIS_HOST")).toBeUndefined();
    expect(readText({ REDIS_HOST: " " }, "REDIS_HOST")).toBeUndefined();
    expect(readText({ REDIS_HOST: " cache\n" }, "REDIS_HOST")).toBe("cache");
  });

  it("refuses what isn't text, as a runtime's bindings may be", () => {
    const environment = { REDIS_HOST: { get: () => "cache" } } as unknown as Environment;
    expect(() => readText(environment, "REDIS_HOST")).toThrow("REDIS_HOST: takes text");
  });
});

describe("readAsIs", () => {
  it("keeps white space", () => {
    expect(readAsIs({ REDIS_PASSWORD: " a b " }, "REDIS_PASSWORD")).toBe(" a b ");
    expect(readAsIs({ REDIS_PASSWORD: "" }, "REDIS_PASSWORD")).toBeUndefined();
  });
});

describe("readWholeNumber", () => {
  it.each([
    ["1", 1],
    ["65535", 65_535],
    [" 6379 ", 6379],
    ["0001", 1],
  ])("reads %j", (text, number) => {
    expect(readWholeNumber({ REDIS_PORT: text }, "REDIS_PORT", 1, 65_535)).toBe(number);
  });

  it.each(["0", "65536", "-1", "1.5", "1e3", "0x10", "6379x", "９", "NaN", "9".repeat(400)])("refuses %j", (text) => {
    expect(() => readWholeNumber({ REDIS_PORT: text }, "REDIS_PORT", 1, 65_535)).toThrow(
      "REDIS_PORT: takes a whole number from 1 to 65535",
    );
  });
});

describe("readSwitch", () => {
  it.each([
    ["true", true],
    ["1", true],
    ["TRUE", true],
    ["false", false],
    ["0", false],
    [" False ", false],
    ["", undefined],
  ])("reads %j as %j", (text, value) => {
    expect(readSwitch({ REDIS_SSL: text }, "REDIS_SSL")).toBe(value);
  });

  it.each(["yes", "no", "off", "2", "truee"])("refuses %j", (text) => {
    expect(() => readSwitch({ REDIS_SSL: text }, "REDIS_SSL")).toThrow("REDIS_SSL: takes true or false");
  });
});

describe("Environment", () => {
  it("takes process.env, and the bindings that a worker's handler gets", () => {
    interface WorkerBindings {
      readonly REDIS_URL: string;
      readonly CACHE: { get(key: string): string };
    }
    expectTypeOf<NodeJS.ProcessEnv>().toExtend<Environment>();
    expectTypeOf<WorkerBindings>().toExtend<Environment>();
  });
});
