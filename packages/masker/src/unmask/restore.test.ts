import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTokenFormat } from "../tokens/token-format.ts";
import { createTokenReader } from "../tokens/token-reader.ts";
import { restore } from "./restore.ts";

const format = createTokenFormat();
const reader = createTokenReader(format, ["AWS_EC2", "NET_IPV4"]);

describe("restore", () => {
  it("restores any original exactly", () => {
    const originals = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("$&", "$1", "$`", "%s", "\\n", "AWS_EC2_001", "NET_IPV4_001", "\ud800", "\0"),
    );
    fc.assert(
      fc.property(fc.array(originals, { minLength: 1, maxLength: 5 }), (list) => {
        const text = list.map((_, index) => format.write("AWS_EC2", index + 1)).join(" | ");
        const restored = restore(text, reader.read(text), ({ number }) => ({ original: list[number! - 1]! }));
        expect(restored).toEqual({ text: list.join(" | "), unresolved: [] });
      }),
    );
  });

  it("leaves tokens that it can't restore, and reports each once, where it first occurs", () => {
    const text = "AWS_EC2_001 NET_IPV4_002 aws_ec2_001 AWS_EC2_001";
    const { text: restored, unresolved } = restore(text, reader.read(text), ({ type }) =>
      type === "NET_IPV4" ? { original: "10.0.0.1" } : { reason: "corrupt" },
    );
    expect(restored).toBe("AWS_EC2_001 10.0.0.1 aws_ec2_001 AWS_EC2_001");
    expect(unresolved).toEqual([
      { token: "AWS_EC2_001", reason: "corrupt", start: 0 },
      { token: "aws_ec2_001", reason: "corrupt", start: 25 },
    ]);
  });
});
