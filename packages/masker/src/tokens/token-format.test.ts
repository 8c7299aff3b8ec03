import { ConfigurationError } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { createTokenFormat } from "./token-format.ts";

describe("createTokenFormat", () => {
  it("writes at least three digits, and more as the number grows", () => {
    const { write } = createTokenFormat();
    expect(write("AWS_EKS_CLUSTER", 1)).toBe("AWS_EKS_CLUSTER_001");
    expect(write("AWS_EC2", 1000)).toBe("AWS_EC2_1000");
    expect(write("AWS_EC2", Number.MAX_SAFE_INTEGER)).toBe("AWS_EC2_9007199254740991");
  });

  it("encloses tokens in the given delimiters", () => {
    expect(createTokenFormat({ prefix: "[[", suffix: "]]" }).write("AWS_EC2", 1)).toBe("[[AWS_EC2_001]]");
    expect(createTokenFormat({ prefix: "⟦", suffix: "⟧" }).write("AWS_EC2", 1)).toBe("⟦AWS_EC2_001⟧");
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 53])("refuses to write the number %s", (number) => {
    expect(() => createTokenFormat().write("AWS_EC2", number)).toThrow(RangeError);
  });

  it.each([
    ["", "]"],
    ["[", ""],
    ["[[[[[", "]"],
    ["a", "]"],
    ["[", " "],
    ["_", "]"],
    ["-", "]"],
    ["\\", "]"],
    ['"', "]"],
    ["`", "]"],
    ["%", "]"],
    ["##", "##"],
    ["<|", "|>"],
  ])("refuses the delimiters %j and %j", (prefix, suffix) => {
    expect(() => createTokenFormat({ prefix, suffix })).toThrow(ConfigurationError);
  });
});
