import { reportOn } from "@keyward/test-kit";
import { expect, test } from "vitest";
import { briefingOn } from "./briefing.ts";

const tokens = ["ARN", "EC2", "RDS", "EKS_CLUSTER", "S3_BUCKET"].map((name) => `AWS_${name}_001`);
const others = ["NET_IPV4_001", "NET_IPV6_001", "PII_EMAIL_001", "PII_PHONE_001"];

test("a briefing names a token of each type that it is about, and leaves no place open", () => {
  const answer = briefingOn([...tokens, ...others]);
  for (const token of [...tokens, ...others]) expect(answer).toContain(token);
  expect(answer).not.toContain("{AWS");
});

test("a line is left out when its type is missing", () => {
  const answer = briefingOn([...tokens, ...others].filter((token) => token !== "AWS_RDS_001"));
  expect(answer).not.toContain("healthy, no failover");
});

test("about a prompt of other types the answer is a report", () => {
  expect(briefingOn(["SECRET_JWT_001"])).toBe(reportOn(["SECRET_JWT_001"]));
});
