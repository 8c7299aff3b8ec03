import { ConfigurationError } from "@keyward/core";
import { describe, expect, it } from "vitest";
import { checkTypes, isTokenType } from "./token-type.ts";

describe("isTokenType", () => {
  it("accepts two or more parts of capitals and digits", () => {
    for (const type of ["AWS_EC2", "NET_IPV4", "AWS_EKS_CLUSTER", "PII_2FA", "A_B"])
      expect(isTokenType(type)).toBe(true);
  });

  it("refuses words, parts that could be numbers, and other scripts", () => {
    const refused = ["EMAIL", "aws_ec2", "AWS__EC2", "AWS_EC2_", "_AWS_EC2", "AWS_001", "1A_B", "AWS_ÉC", "A-B", ""];
    for (const type of refused) expect(isTokenType(type), type).toBe(false);
    expect(isTokenType(`A_${"B".repeat(63)}`)).toBe(false);
  });
});

describe("checkTypes", () => {
  it("accepts types that begin or end alike, and a type listed twice", () => {
    expect(() => checkTypes(["AWS_EC2", "AWS_EC2_HOST", "NET_XAWS_EC3", "AWS_EC2"])).not.toThrow();
  });

  it("refuses a type that ends with another one, and names both", () => {
    expect(() => checkTypes(["CORP_AWS_EC2", "AWS_EC2"])).toThrow(ConfigurationError);
    expect(() => checkTypes(["AWS_EC2", "CORP_AWS_EC2"])).toThrow(/"CORP_AWS_EC2" ends with the type "AWS_EC2"/);
  });

  it("doesn't take a part's end for a type", () => {
    expect(() => checkTypes(["XAWS_EC2", "AWS_EC2"])).not.toThrow();
  });
});
