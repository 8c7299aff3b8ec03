import { reportOn } from "@keyward/test-kit";

/** What the stand-in model says in the demo; a line is left out when the prompt had no token of a type that it names. */
const briefingLines = [
  "The last role is the likely cause:",
  "**{AWS_ARN}**.",
  "",
  "- {AWS_EC2} still answers on {NET_IPV4}.",
  "- `{AWS_RDS}` is healthy, no failover needed.",
  "- {AWS_EKS_CLUSTER}'s nodes come back at 04:10.",
  "",
  "| who | what to do |",
  "|---|---|",
  "| {PII_EMAIL} | sign in again |",
  "| {PII_PHONE} | call about the card |",
  "",
  "```sh",
  "aws s3 ls s3://{AWS_S3_BUCKET}",
  'inspect --target "{AWS_EC2}"',
  "```",
  "",
  '{"block":["{NET_IPV6}"],"reset":"{NET_IPV4}"}',
  "",
  "{AWS_EC2}는 정상이고 {AWS_S3_BUCKET}을 확인하세요.",
];

/** As many tokens as a report that has to fit a screen talks about. */
const tokensShown = 3;

/** A short answer in prose, a table, code, JSON and Korean, about the tokens of a prompt. */
export function briefingOn(tokens: readonly string[]): string {
  const ofType = new Map(tokens.map((token) => [token.replace(/_\d+$/, ""), token]));
  const missing = /\{[A-Z][A-Z0-9_]+\}/;
  const lines = briefingLines.map((line) =>
    line.replace(/\{([A-Z][A-Z0-9_]+)\}/g, (place, type) => ofType.get(type) ?? place),
  );
  if (lines.filter((line) => missing.test(line)).length > 2) return reportOn(tokens.slice(0, tokensShown));
  return lines.filter((line) => !missing.test(line)).join("\n");
}
