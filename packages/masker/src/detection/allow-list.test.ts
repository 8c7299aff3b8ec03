import { describe, expect, it, vi } from "vitest";
import { compileAllowList } from "./allow-list.ts";

describe("an allow list", () => {
  it("allows an exact value of any length, and a value of up to 1,024 characters that a pattern matches", () => {
    const isAllowed = compileAllowList(["x".repeat(5_000), /^a+$/g]);
    expect(isAllowed("x".repeat(5_000))).toBe(true);
    expect(isAllowed("a".repeat(1_024))).toBe(true);
    expect(isAllowed("a".repeat(1_025))).toBe(false);
  });

  it("doesn't run a pattern on a value so long that it could take too long", () => {
    const isAllowed = compileAllowList([/[a-z0-9]+@example\.com$/]);
    const test = vi.spyOn(RegExp.prototype, "test");
    expect(isAllowed(`${"a1".repeat(100_000)}@example.com`)).toBe(false);
    expect(test).not.toHaveBeenCalled();
    test.mockRestore();
  });
});
