import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../errors/configuration-error.ts";
import { assertSameSlot, hashTagOf } from "./hash-tag.ts";

describe("hashTagOf", () => {
  // The examples of the Redis Cluster specification, and their corners.
  it.each([
    ["{user1000}.following", "user1000"],
    ["foo{}{bar}", "foo{}{bar}"],
    ["foo{{bar}}zap", "{bar"],
    ["foo{bar}{zap}", "bar"],
    ["plain", "plain"],
    ["", ""],
    ["open{only", "open{only"],
    ["}close{first}", "first"],
  ])("reads the tag of %j as %j", (key, tag) => {
    expect(hashTagOf(key)).toBe(tag);
  });
});

describe("assertSameSlot", () => {
  it("takes keys that share a tag", () => {
    expect(() => assertSameSlot(["a:{t}:1", "b:{t}", "t"])).not.toThrow();
    expect(() => assertSameSlot(["alone"])).not.toThrow();
    expect(() => assertSameSlot([])).not.toThrow();
  });

  it("names the first key with another tag by its place, not by its text", () => {
    const attempt = () => assertSameSlot(["{tenant-1}:a", "{tenant-1}:b", "{tenant-2}:c"]);
    expect(attempt).toThrow(ConfigurationError);
    expect(attempt).toThrow(/^keys\[2\]: /);
    expect(attempt).not.toThrow(/tenant/);
  });
});
