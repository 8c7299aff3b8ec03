import { describe, expect, it } from "vitest";
import { isStale } from "./is-stale.ts";

describe("isStale", () => {
  it("is true where nothing was built", () => {
    expect(isStale([1], [])).toBe(true);
  });

  it("is true where one source is newer than one file of the build", () => {
    expect(isStale([1, 5], [4, 9])).toBe(true);
  });

  it("is false where the whole build is newer than every source", () => {
    expect(isStale([1, 3], [4, 9])).toBe(false);
  });
});
