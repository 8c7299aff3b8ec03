import { expect, test } from "vitest";
import type { Conversation } from "./conversation.ts";
import { problemsOf } from "./verdict.ts";

const fine: Conversation = {
  maskedText: "Look at AWS_EC2_001",
  originals: new Map([["AWS_EC2_001", "i-0a1b2c3d"]]),
  types: new Map([["i-0a1b2c3d", "AWS_EC2"]]),
  answer: "AWS_EC2_001 and AWS_EC2_0010",
  restored: "i-0a1b2c3d and AWS_EC2_0010",
  maskMs: 1,
};

test("a conversation whose tokens all came back has no problem", () => {
  expect(problemsOf(fine, ["i-0a1b2c3d"])).toEqual([]);
});

test("a missed value, a leak and a token that stayed are told, without the value", () => {
  expect(problemsOf(fine, ["my-bucket"])).toEqual(["1 listed value(s) were not found"]);
  expect(problemsOf({ ...fine, maskedText: "i-0a1b2c3d" }, [])).toEqual(["1 original(s) were left in the masked text"]);
  expect(problemsOf({ ...fine, restored: fine.answer }, [])).toEqual(["the answer was not restored exactly"]);
});
