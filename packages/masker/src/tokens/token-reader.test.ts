import { ConfigurationError } from "@keyward/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileText, testTypes } from "./corpus/hostile-text.ts";
import { createTokenFormat } from "./token-format.ts";
import { createTokenReader } from "./token-reader.ts";

const knownTypes = [
  "AWS_EC2",
  "AWS_EC2_HOST",
  "AWS_EKS_CLUSTER",
  "NET_IPV4",
  "PII_EMAIL",
  "SECRET_JWT",
  "PII_2FA_CODE",
];
const plain = createTokenReader(createTokenFormat(), knownTypes);
const bracketed = createTokenReader(createTokenFormat({ prefix: "[[", suffix: "]]" }), knownTypes);

/** The text of each reading, with `~` before one that isn't exact. */
function readings(text: string, reader = plain): string[] {
  return reader.read(text).map(({ start, end, exact }) => (exact ? "" : "~") + text.slice(start, end));
}

describe("an exact token", () => {
  it.each([
    "AWS_EC2_001",
    "AWS_EC2_1000",
    "AWS_EC2_9007199254740991",
    "AWS_EC2_HOST_042",
    "PII_2FA_CODE_007",
    "see AWS_EC2_001.",
    "AWS_EC2_001의 상태",
    "인스턴스AWS_EC2_001를",
    "éAWS_EC2_001é",
    "**AWS_EC2_001**",
    "__AWS_EC2_001__",
    "_AWS_EC2_001_,",
    "(AWS_EC2_001)",
    '{"id":"AWS_EC2_001"}',
    "AWS_EC2_001's",
    "-AWS_EC2_001-",
    "AWS_EC2_001-003",
    "AWS_EC2_001.5",
    "AWS_EC2_001\\_x",
    "https://AWS_EC2_001.example.com/",
    String.raw`{"text":"a\nAWS_EC2_001\tb"}`,
    String.raw`\u003cAWS_EC2_001\u003e`,
    "id%3DAWS_EC2_001%26",
    "\\\\\\nAWS_EC2_001",
    "\ud800AWS_EC2_001\udc00",
  ])("is read in %j", (text) => {
    const token = /AWS_EC2_HOST_\d+|AWS_EC2_\d+|PII_2FA_CODE_\d+/.exec(text)?.[0];
    expect(readings(text)).toEqual([token]);
  });

  it.each([
    "XAWS_EC2_001",
    "AWS_EC2_001x",
    "AWS_EC2_001_2",
    "AWS_EC2_001_",
    "_AWS_EC2_001",
    "__AWS_EC2_001_",
    "x_AWS_EC2_001_",
    "____AWS_EC2_001____",
    "x\\_AWS_EC2_001_",
    "AWS_EC2_0001",
    "AWS_EC2_000",
    "AWS_EC2_0",
    "AWS_EC2_9007199254740992",
    "AWS_EC2_99999999999999999999",
    "AWS_EC2_",
    "AWS_EC2_x",
    "AWS_EC3_001",
    "AWS__EC2_001",
    "\\\\nAWS_EC2_001",
    String.raw`\u0041AWS_EC2_001`,
    "%41AWS_EC2_001",
    "nAWS_EC2_001",
    "",
  ])("isn't read in %j", (text) => {
    expect(readings(text)).toEqual([]);
  });

  it("isn't part of a longer number", () => {
    expect(plain.read("AWS_EC2_1000")).toEqual([{ start: 0, end: 12, type: "AWS_EC2", number: 1000, exact: true }]);
  });

  it("is read next to tokens in every other spelling", () => {
    expect(readings("AWS_EC2_001-AWS_EC2_002,aws_ec2_003 AWS-EC2-004/AWS_EC2_5")).toEqual([
      "AWS_EC2_001",
      "AWS_EC2_002",
      "~aws_ec2_003",
      "~AWS-EC2-004",
      "~AWS_EC2_5",
    ]);
  });

  it("wins over another spelling that would include the letter of an escape", () => {
    const reader = createTokenReader(createTokenFormat(), ["NAWS_EC2", "AWS_EC2"]);
    expect(readings("\\nAWS_EC2_001", reader)).toEqual(["AWS_EC2_001"]);
    expect(readings("\\naws_ec2_001", reader)).toEqual(["~naws_ec2_001"]);
  });

  it("is read after an escape whose letter another type begins with", () => {
    const reader = createTokenReader(createTokenFormat(), ["NAWS_EC2", "AWS_EC2_HOST"]);
    expect(readings("\\nAWS_EC2_HOST_001", reader)).toEqual(["AWS_EC2_HOST_001"]);
  });
});

describe("a sealed token", () => {
  const short = "AWS_EC2_X7K2Q0V8ZB3N5M1RT";
  const whole = `${short}7K2Q0V8ZB3N5M1RT`;

  it.each([short, whole, `${short}${"0".repeat(104)}`, short.replace("EC2", "EC2_HOST")])("is read in %s", (token) => {
    const type = token.slice(0, token.lastIndexOf("_"));
    const seal = token.slice(type.length + 2);
    expect(plain.read(`(${token})`)).toEqual([{ start: 1, end: token.length + 1, type, seal, exact: true }]);
    expect(bracketed.read(`x[[${token}]]y`)).toMatchObject([{ start: 1, seal, exact: true }]);
    expect(plain.read(token.toLowerCase())).toMatchObject([{ type, seal, exact: false }]);
  });

  it("is read with letters that look like a digit as that digit", () => {
    expect(plain.read(short.replace("0", "O").replace("1", "l"))).toMatchObject([
      { seal: "7K2Q0V8ZB3N5M1RT", exact: false },
    ]);
  });

  it.each([
    short.slice(0, -1),
    `${short}7`,
    `${short}_2`,
    `${short}x`,
    `X${short}`,
    `${short}${"0".repeat(112)}`,
    short.replace("7", "U"),
    short.replace("X7", "Y7"),
    "AWS_EC2_X",
    "AWS_EC2_XLARGE",
    "my-aws-ec2-x7k2q0v8zb3n5m1rt",
  ])("isn't read in %s", (text) => {
    expect(readings(text)).toEqual([]);
  });
});

describe("a lenient token", () => {
  it.each([
    "aws_ec2_001",
    "Aws_Ec2_001",
    "AWS-EC2-001",
    "aws-ec2-001",
    "AWS_EC2-001",
    "AWS\\_EC2\\_001",
    "aws\\_ec2\\_001",
    "AWS_EC2_1",
    "AWS_EC2_01",
    "AWS\\_EC2\\_1",
    "aws-eks-cluster-1234",
  ])("is read in %j", (text) => {
    expect(readings(text)).toEqual([`~${text}`]);
    expect(readings(`(${text}).`)).toEqual([`~${text}`]);
    expect(readings(`${text}은`)).toEqual([`~${text}`]);
    expect(readings(`\\n${text}\\n`)).toEqual([`~${text}`]);
  });

  it.each(['"AWS EC2 001"', "`AWS EC2 001`", "'AWS EC2 001'", "“AWS EC2 001”", "「AWS EC2 001」", '\\"AWS EC2 001\\"'])(
    "is read with spaces in %s",
    (text) => {
      expect(readings(text)).toEqual(["~AWS EC2 001"]);
    },
  );

  it.each([
    "AWS EC2 001",
    '"AWS EC2 001 "',
    '"the AWS EC2 001"',
    '"AWS EC2 001',
    'AWS EC2 001"',
    '“AWS EC2 001"',
    '"AWS  EC2 001"',
    '"AWS EC2 1"',
    '"aws ec2 001"',
    "aws-ec2-1",
    "aws_ec2_1",
    "AWS-EC2-1",
    "my-aws-ec2-001",
    "aws-ec2-001-prod",
    "AWS--EC2-001",
    "AWS\\_EC2\\_001\\_2",
    "AWS\\-EC2\\-001",
    "_aws_ec2_001_",
    "AWS_EC2_1.5",
    "AWS_EC2_1,000",
    "aws_ec2_0001",
    "AW\u017f_EC2_001",
  ])("isn't read in %j", (text) => {
    expect(readings(text)).toEqual([]);
  });
});

describe("a token with delimiters", () => {
  it("is exact with them, whatever is around it", () => {
    expect(readings("x[[AWS_EC2_001]]y[[[AWS_EC2_002]]]", bracketed)).toEqual(["[[AWS_EC2_001]]", "[[AWS_EC2_002]]"]);
  });

  it.each(["[[aws_ec2_001]]", "[[AWS EC2 001]]", "[[aws ec2 1]]", "[[Aws-ec2\\_1]]"])(
    "is read leniently as %s",
    (text) => {
      expect(readings(`x${text}y`, bracketed)).toEqual([`~${text}`]);
    },
  );

  it("is read without them like a token of a format without delimiters", () => {
    expect(readings("AWS_EC2_001, [AWS_EC2_002], [[AWS_EC2_3], aws_ec2_004 [[AWS EC2 005 ]]", bracketed)).toEqual([
      "~AWS_EC2_001",
      "~AWS_EC2_002",
      "~AWS_EC2_3",
      "~aws_ec2_004",
    ]);
  });
});

const isTokenNumber = (number: number): boolean => number > 0 && Number.isSafeInteger(number);

describe("any text", () => {
  const readers = [
    createTokenReader(createTokenFormat(), testTypes),
    createTokenReader(createTokenFormat({ prefix: "[[", suffix: "]]" }), testTypes),
  ];

  it("contains the tokens that a regular expression finds between non-word characters, and they are exact", () => {
    const exact = new RegExp(
      `(?<![A-Za-z0-9_])(?:${testTypes.join("|")})_(?:\\d{3}|[1-9]\\d{3,})(?![A-Za-z0-9_])`,
      "g",
    );
    fc.assert(
      fc.property(hostileText(), (text) => {
        const expected = [...text.matchAll(exact)]
          .filter(([token]) => isTokenNumber(Number(/\d+$/.exec(token))))
          .map((match) => ({ start: match.index, end: match.index + match[0].length }));
        const read = readers[0]!.read(text).filter((reading) => reading.exact);
        expect(read.map(({ start, end }) => ({ start, end }))).toEqual(expect.arrayContaining(expected));
      }),
      { numRuns: 1000 },
    );
  });

  it("is read in order, without overlaps, and never inside a longer word or number", () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        for (const reader of readers) {
          let rest = 0;
          for (const { start, end, type, number, seal } of reader.read(text)) {
            expect(start).toBeGreaterThanOrEqual(rest);
            rest = end;
            expect(testTypes).toContain(type);
            const last = /([0-9A-Za-z]+)\]*$/.exec(text.slice(start, end))?.[1];
            if (seal === undefined) expect(Number(last)).toBe(number);
            else expect(last?.toUpperCase().replaceAll("O", "0").replaceAll("L", "1")).toBe(`X${seal}`);
            // Only letters and digits: an underscore may be emphasis, and a letter before it may end an escape.
            if (text[start] !== "[") expect(text.slice(end, end + 1)).not.toMatch(/[A-Za-z0-9]/);
            if (text[start] !== "[" && /[A-Za-z0-9]/.test(text.charAt(start - 1))) {
              expect(text.slice(0, start)).toMatch(/\\[nrtbfv]$|\\u[0-9a-f]{4}$|%[0-9a-f]{2}$/i);
            }
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ["beginnings", "AWS_"],
    ["types without numbers", "AWS\\_EKS\\_CLUSTER\\_"],
    ["backslashes", "\\"],
    ["backslashes and beginnings", `${"\\".repeat(99)}nAWS_`],
    ["underscores", "_"],
    ["digits", "0"],
    ["near misses", "aws_eks_cluster_9007199254740991x "],
    ["seals that are too long", `aws_ec2_x${"7".repeat(121)} `],
    ["marks of seals", "AWS_EC2_X"],
    ["open quotes", '"AWS EC2 001'],
    ["open delimiters", "[[AWS_EC2_001"],
  ])("is looked at a number of times that is linear in its length: %s", (_, unit) => {
    const looks = (length: number) => {
      const text = new CountedText(`AWS_EC2_${unit.repeat(Math.ceil(length / unit.length))}`);
      for (const reader of readers) reader.read(text as unknown as string);
      return text.looks;
    };
    const short = looks(10_000);
    expect(short).toBeLessThan(readers.length * 10_000 * mostLooks);
    expect(looks(40_000)).toBeLessThan(4 * short + 1_000);
  });
});

describe("createTokenReader", () => {
  it("refuses types that can't be told apart", () => {
    expect(() => createTokenReader(createTokenFormat(), ["AWS_EC2", "MY_AWS_EC2"])).toThrow(ConfigurationError);
  });

  it("refuses a type that continues another one like a sealed token", () => {
    const types = ["AWS_EC2", "AWS_EC2_X7K2Q0V8ZB3N5M1RT"];
    expect(() => createTokenReader(createTokenFormat(), types)).toThrow(ConfigurationError);
    expect(() => createTokenReader(createTokenFormat(), types.slice(1))).not.toThrow();
  });

  it("reads nothing if it knows no type", () => {
    expect(createTokenReader(createTokenFormat(), []).read("AWS_EC2_001")).toEqual([]);
  });

  it("reads back whatever the format writes, between any characters but those of words", () => {
    const number = fc.oneof(
      fc.integer({ min: 1, max: 2000 }),
      fc.maxSafeNat().map((value) => Math.max(1, value)),
    );
    const token = fc.record({ type: fc.constantFrom(...knownTypes), number });
    const between = fc.string({ unit: fc.constantFrom(..." -.,\\\n\"'`[]()가é\ud800%*"), minLength: 1, maxLength: 6 });
    for (const delimiters of [undefined, { prefix: "[[", suffix: "]]" }, { prefix: "<", suffix: ">" }]) {
      const format = createTokenFormat(delimiters);
      const reader = createTokenReader(format, knownTypes);
      fc.assert(
        fc.property(fc.array(fc.tuple(between, token)), between, (parts, tail) => {
          const text = parts.map(([gap, { type, number }]) => gap + format.write(type, number)).join("") + tail;
          const read = reader.read(text).map(({ type, number, exact }) => ({ type, number, exact }));
          expect(read).toEqual(parts.map(([, one]) => ({ ...one, exact: true })));
        }),
      );
    }
  });
});

/** Looks per unit of the text. At most units no token begins. */
const mostLooks = 4;

/** A text that counts the units it is asked for. */
class CountedText extends String {
  looks = 0;

  override charCodeAt(index: number): number {
    this.looks++;
    return super.charCodeAt(index);
  }

  override charAt(index: number): string {
    this.looks++;
    return super.charAt(index);
  }

  override startsWith(searched: string, position?: number): boolean {
    this.looks += searched.length;
    return super.startsWith(searched, position);
  }

  override slice(start?: number, end?: number): string {
    const piece = super.slice(start, end);
    this.looks += piece.length;
    return piece;
  }
}
