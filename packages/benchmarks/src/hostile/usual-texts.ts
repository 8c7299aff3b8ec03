import { Random } from "../corpora/random.ts";
import { type HostileText, repeated } from "./detector-texts.ts";

const base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Short texts that make naive patterns slow when they are repeated. */
const pieces = [
  ..."a1-._:/=\"'\\@+,;([{<%#!?~|`$*^&",
  ...[" ", "\n", "\t", "\r\n", "가", "\u{1f600}", "\ud800", "\u0000", "İ"],
  ...["password=", "password: ", "PASSWORD='", '"password":"', 'password=\\"', "secret=", "token ", "api_key = "],
  ...["i-", "i-0", "i-0abc", "vpc-", "sg-0123", "arn:", "arn:aws:", "arn:aws:s3:::", "arn:aws:iam::123456789012:"],
  ...["eyJ", "eyJhbGci", "eyJhbGciOi.", "eyJhbGciOi-", "AKIA", "ASIA", "ghp_", "sk-", "xoxb-", "AIza", "SG."],
  ...["-----BEGIN ", "-----BEGIN RSA PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY-----\\n", "-----END "],
  ...["1.", "1.1.1.", "1.1.1.1", "1.1.1.1.", "10.0.0.1/", "a.b.", "AAAA:", "AAAA::", "::", "f:", "fe80::", "a:1:"],
  ...["a@", "@a", "a@b", "a@b.", "a.b@", "a@a.a@a.a", "http://", "https://a:b@", "//a:", "s3://", "s3://a."],
  ...["1 ", "1-", "12-34-", "123-45-", "4111 ", "4111-1111-", "+1", "+1 ", "(415) ", "010-", "900101-"],
  ...[
    "DE00 ",
    "DE44",
    "GB29NWBK",
    "Bearer ",
    "Basic ",
    "Authorization: ",
    "bucket ",
    "s3 bucket ",
    "버킷 ",
    "비밀번호",
  ],
  ...[".internal", "a.local", ".amazonaws.com", "a.amazonaws.com", ".rds.", ".s3.", "ip-1-", "AWS_EC2_", "AWS_EC2_0"],
  ...[`//${"a-".repeat(32)}a@b.cc `, `${"a-".repeat(32)}a@b.cc_ `, `${"a-".repeat(30)}a.s3.amazonaws.com `],
  ...["((", "[[[", '{"', '{"a":', '\\"', "\\\\", "\\n", "\\\\n", "\\u0041", "<a>", "a=b&", "key: ", "- ", "--a "],
];

/** The usual ways to make pattern matching slow, not aimed at any detector. */
export const usualHostileTexts: readonly HostileText[] = [
  ...pieces.map((piece) => repeated(`${JSON.stringify(piece)} again and again`, piece)),
  {
    name: "one long word and an exclamation mark",
    make: (length) => `${"a".repeat(length - 1)}!`,
  },
  {
    name: "a password that stands at every other place behind it",
    make: (length) => `password="${"1a".repeat(8)}" ${"1a".repeat(length)}`.slice(0, length),
  },
  {
    name: "nested brackets",
    make: (length) => "[".repeat(length / 2) + "]".repeat(length / 2),
  },
  {
    name: "one base64 blob",
    make: (length) => new Random(1).text(base64, length),
  },
  {
    name: "random printable characters",
    make: (length) =>
      new Random(2).text(Array.from({ length: 95 }, (_, unit) => String.fromCharCode(32 + unit)).join(""), length),
  },
  {
    name: "random digits and separators",
    make: (length) => new Random(3).text("0123456789.-: ()+", length),
  },
  {
    name: "random hex and separators",
    make: (length) => new Random(4).text("0123456789abcdef:-. ", length),
  },
];
