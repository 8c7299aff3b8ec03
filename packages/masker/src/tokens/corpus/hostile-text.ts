import fc from "fast-check";

/** Types for tests. Some begin alike, and one has a part that starts with a digit. */
export const testTypes = ["AWS_EC2", "AWS_EC2_HOST", "AWS_EKS_CLUSTER", "NET_IPV4", "PII_2FA_CODE", "NAWS_EC2"];

const numbers = ["1", "01", "001", "0001", "12", "100", "9007199254740991", "9007199254740992", "000"];
const seals = [
  "X7K2Q0V8ZB3N5M1RT",
  "x7k2q0v8zb3n5mlrt",
  "X7K2Q0V8ZB3N5M1R",
  `X${"7K2Q0V8Z".repeat(3)}`,
  `X${"7".repeat(121)}`,
];
const separators = ["_", "-", " ", "\\_", "\\", "__"];
const surroundings = [
  ..."[]<>\"'`_-.,\\ \nnu%a0가é“”*",
  "\\n",
  "\\u003c",
  "%22",
  "\\\\",
  "[[",
  "]]",
  "\ud83d\ude00",
  "\ud800",
  "\\".repeat(63),
  "\\".repeat(70),
];

/** Tokens of every spelling, as they are read between spaces. */
const tokens = [
  "AWS_EC2_001",
  "AWS_EC2_HOST_012",
  "__NET_IPV4_001__",
  "aws_ec2_001",
  "AWS-EC2-001",
  "AWS\\_EC2\\_001",
  "AWS_EC2_1",
  '"AWS EC2 001"',
  '\\"AWS EC2 001\\"',
  "[[AWS_EC2_001]]",
  "[[aws ec2 1]]",
  "[[AWS_EC2_001]",
  "AWS_EC2_X7K2Q0V8ZB3N5M1RT",
  '"AWS EC2 X7K2Q0V8ZB3N5M1RT"',
  "[[aws-ec2-x7k2qov8zb3n5m1rt]]",
];

const word = fc.constantFrom(...testTypes).chain((type) =>
  fc
    .tuple(
      fc.array(fc.constantFrom(...separators), { minLength: 4, maxLength: 4 }),
      fc.constantFrom(...numbers, ...seals),
      fc.constantFrom("upper", "lower"),
      fc.boolean(),
    )
    .map(([between, number, letters, isRegular]) => {
      const parts = [...(letters === "upper" ? type : type.toLowerCase()).split("_"), number];
      return parts.reduce((text, part, index) => text + (isRegular ? between[0] : between[index]) + part);
    }),
);

/** Text made of tokens, near misses, beginnings of tokens, and the surroundings of tokens. */
export function hostileText(): fc.Arbitrary<string> {
  const beginning = fc.tuple(word, fc.nat(12)).map(([text, length]) => text.slice(0, length));
  const part = fc.oneof(
    { weight: 2, arbitrary: word },
    { weight: 2, arbitrary: beginning },
    { weight: 2, arbitrary: fc.constantFrom(...tokens) },
    { weight: 3, arbitrary: fc.constantFrom(...surroundings) },
    { weight: 2, arbitrary: fc.constantFrom(" ", ", ", "의 ", "/") },
  );
  return fc.array(part, { maxLength: 14 }).map((parts) => parts.join(""));
}

/** `text` cut at random places, with some empty chunks. */
export function cutSomewhere(text: string): fc.Arbitrary<string[]> {
  return fc.array(fc.nat(text.length), { maxLength: 12 }).map((places) => {
    const cuts = [0, ...places.sort((one, other) => one - other), text.length];
    return cuts.slice(1).map((end, index) => text.slice(cuts[index], end));
  });
}

/** `text` in chunks of `size`; the last one may be shorter. */
export function chunksOf(text: string, size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  );
}
