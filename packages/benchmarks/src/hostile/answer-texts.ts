import { type HostileText, repeated } from "./detector-texts.ts";

const pieces = [
  ...["AWS_EC2_001", "AWS_EC2_001 ", "AWS_EC2_", "AWS_EC2", "AWS_EC", "AWS_", "A", "aws ec2 1", "aws-ec2-001 "],
  ...["AWS\\_EC2\\_001 ", "AWS\\_", "AWS\\\\_EC2", "`AWS EC2 001` ", '"AWS EC2 ', "**AWS_EC2_001**", "__AWS_EC2_001"],
  ...[
    "AWS_EC2_002 ",
    "NET_IPV4_001,",
    "NET_IPV4_0",
    "AWS_EC2_001AWS_EC2_001 ",
    "_001",
    "AWS_EC2_001_",
    "\\u003cAWS_EC2_1",
  ],
];

/** Tokens and their beginnings, issued or not, written in every way that is read. */
export const answerTexts: readonly HostileText[] = [
  ...pieces.map((piece) => repeated(`${JSON.stringify(piece)} again and again`, piece)),
  { name: "one token with very many digits", make: (length) => `AWS_EC2_${"0".repeat(length - 9)}1` },
  { name: "one token behind many backslashes", make: (length) => `${"\\".repeat(length - 11)}AWS_EC2_001` },
];
