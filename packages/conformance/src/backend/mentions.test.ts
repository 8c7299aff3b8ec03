import { describe, expect, it } from "vitest";
import { mentions } from "./mentions.ts";

describe("mentions", () => {
  it("finds text in a message, a stack, a cause, a hidden property, a list, a map and a name", () => {
    const hidden = Object.defineProperty(new Error("failed"), "command", { value: { args: ["x", "a secret"] } });
    for (const value of [
      "a secret",
      new Error("a secret"),
      new Error("failed", { cause: new Error("a secret") }),
      hidden,
      { list: [new Map([["key", "a secret"]])] },
      { "a secret": 1 },
    ]) {
      expect(mentions(value, "secret")).toBe(true);
    }
  });

  it("finds nothing if there is nothing, even in circular references", () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    expect(mentions(circle, "secret")).toBe(false);
    expect(mentions(new Error("failed"), "secret")).toBe(false);
  });
});
