import { describe, expect, expectTypeOf, it } from "vitest";
import { type Environment, readAsIs, readEnvironment, readSwitch, readText, readWholeNumber } from "./environment.ts";

describe("readEnvironment", () => {
  it("reads each variable once, from anything that has some: frozen, a proxy, an object of another's", () => {
    const read: string[] = [];
    const proxy = new Proxy(Object.freeze({ REDIS_HOST: "cache" }), {
      get: (target, name) => {
        read.push(String(name));
        return Reflect.get(target, name);
      },
    });
    expect(readEnvironment(proxy)).toMatchObject({ REDIS_HOST: "cache" });
    expect(read.length).toBe(new Set(read).size);
    expect(readEnvironment(Object.create({ REDIS_HOST: "cache" }))).toMatchObject({ REDIS_HOST: "cache" });
    expect(readEnvironment(undefined)).toEqual({});
  });

  it("isn't led to another store by what is put on every object", () => {
    const everybodys = Object.prototype as { REDIS_URL?: string };
    everybodys.REDIS_URL = "redis://attacker";
    try {
      expect(readEnvironment({ REDIS_HOST: "cache" }).REDIS_URL).toBeUndefined();
      expect(readEnvironment({ REDIS_URL: "redis://cache" }).REDIS_URL).toBe("redis://cache");
    } finally {
      delete everybodys.REDIS_URL;
    }
  });

  it("refuses what holds no variables", () => {
    expect(() => readEnvironment("REDIS_URL=redis://cache" as never)).toThrow("environment: must be an object");
  });
});

describe("readText", () => {
  it("takes an empty variable for an absent one, and drops white space around a value", () => {
    expect(readText({}, "REDIS_HOST")).toBeUndefined();
    expect(readText({ REDIS_HOST: " " }, "REDIS_HOST")).toBeUndefined();
    expect(readText({ REDIS_HOST: " cache\n" }, "REDIS_HOST")).toBe("cache");
  });

  it("refuses what isn't text, as a runtime's bindings may be", () => {
    const environment = { REDIS_HOST: { get: () => "cache" } } as unknown as Environment;
    expect(() => readText(environment, "REDIS_HOST")).toThrow("REDIS_HOST: must be a string");
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
      "REDIS_PORT: must be a whole number from 1 to 65535",
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
    expect(() => readSwitch({ REDIS_SSL: text }, "REDIS_SSL")).toThrow("REDIS_SSL: must be true or false");
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
