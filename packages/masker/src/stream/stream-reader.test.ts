import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chunksOf, cutSomewhere, hostileText, testTypes } from "../tokens/corpus/hostile-text.ts";
import { createTokenFormat } from "../tokens/token-format.ts";
import { createTokenReader, type TokenReader, type TokenReading } from "../tokens/token-reader.ts";
import { createStreamReader } from "./stream-reader.ts";

const readers = [undefined, { prefix: "[[", suffix: "]]" }, { prefix: "<", suffix: ">" }].map((delimiters) =>
  createTokenReader(createTokenFormat(delimiters), testTypes),
);
const plain = readers[0]!;

/** Joins the pieces, and checks how much is held back. */
function readInChunks(reader: TokenReader, chunks: readonly string[]): { text: string; readings: TokenReading[] } {
  const stream = createStreamReader(reader);
  let text = "";
  let taken = 0;
  const readings: TokenReading[] = [];
  for (const chunk of [...chunks, undefined]) {
    const piece = chunk === undefined ? stream.end() : stream.push(chunk);
    expect(piece.start).toBe(text.length);
    for (const reading of piece.readings) {
      readings.push({ ...reading, start: reading.start + text.length, end: reading.end + text.length });
    }
    text += piece.text;
    taken += chunk?.length ?? 0;
    expect(taken - text.length).toBeLessThanOrEqual(reader.longest);
  }
  return { text, readings };
}

/** What is held back after `text` has come in as one chunk. */
function heldOf(text: string, reader = plain): string {
  return text.slice(createStreamReader(reader).push(text).text.length);
}

describe("createStreamReader", () => {
  it("reads any text in pieces as it reads the whole, however it is cut", () => {
    const cutText = hostileText().chain((text) => fc.tuple(fc.constant(text), cutSomewhere(text)));
    fc.assert(
      fc.property(cutText, ([text, chunks]) => {
        for (const reader of readers) {
          expect(readInChunks(reader, chunks)).toEqual({ text, readings: reader.read(text) });
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("reads the same with a cut at any place and with chunks of any size", () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        for (const reader of readers) {
          const whole = { text, readings: reader.read(text) };
          for (let size = 1; size <= text.length; size++) {
            expect(readInChunks(reader, chunksOf(text, size))).toEqual(whole);
            expect(readInChunks(reader, [text.slice(0, size), text.slice(size)])).toEqual(whole);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    `${"\\".repeat(63)}n__AWS_EC2_001__ `,
    `${"\\".repeat(64)}nAWS_EC2_001 `,
    `${"\\".repeat(63)}u003c___AWS_EC2_001___ `,
    "naws\\_ec2\\_001",
    "[[NAWS\\_EC2\\_001]]",
    "\\nAWS_EC2_HOST_012 \\nAWS_EC2_001",
    "%22AWS_EC2_9007199254740991 AWS_EC2_90071992547409910",
    '\\"AWS EC2 001\\" "AWS EC2 001\\',
  ])("reads %j the same with every single cut", (text) => {
    for (const reader of readers) {
      const whole = { text, readings: reader.read(text) };
      expect(readInChunks(reader, chunksOf(text, 1))).toEqual(whole);
      for (let cut = 0; cut <= text.length; cut++) {
        expect(readInChunks(reader, [text.slice(0, cut), text.slice(cut)])).toEqual(whole);
      }
    }
  });

  it.each([
    "the server ",
    "1 of 3",
    "서버",
    "an apple",
    "AWS EC2 i",
    "AWS Lambda",
    "PIN",
    "AWS_EC2_001 ",
    "AWS_EC2_001,",
    `AWS_EC2_X${"7".repeat(121)}`,
    "x_aws",
  ])("holds nothing back of %j", (text) => {
    expect(heldOf(text)).toBe("");
  });

  it.each([
    ["the A", "A"],
    ["the AWS", "AWS"],
    ["see AWS_EC2", "AWS_EC2"],
    ["see AWS\\", "AWS\\"],
    ["see AWS_EC2_001", "AWS_EC2_001"],
    ["see AWS_EC2_X7K2Q", "AWS_EC2_X7K2Q"],
    [`see aws_ec2_x${"7".repeat(120)}`, `aws_ec2_x${"7".repeat(120)}`],
    ["see __AWS_EC2_001__", "AWS_EC2_001__"],
    ["see AWS_EC2_1.", "AWS_EC2_1."],
    ['"AWS EC2', "AWS EC2"],
    ["\\na", "na"],
    ["smile \ud83d", "\ud83d"],
  ])("holds back of %j only %j", (text, held) => {
    expect(heldOf(text)).toBe(held);
  });

  it("holds back the delimiters that a token may follow", () => {
    expect(heldOf("list[[", readers[1])).toBe("[[");
    expect(heldOf("list[", readers[1])).toBe("[");
    expect(heldOf("list[[AWS", readers[1])).toBe("[[AWS");
    expect(heldOf("list[[AWS_EC2_001]", readers[1])).toBe("[[AWS_EC2_001]");
    expect(heldOf("list[[x", readers[1])).toBe("");
  });

  it("never splits a surrogate pair that came in whole", () => {
    const text = "😀AWS_EC2_001😀😀";
    const stream = createStreamReader(plain);
    const pieces = [...chunksOf(text, 1).map((chunk) => stream.push(chunk)), stream.end()];
    for (const piece of pieces) expect(piece.text).not.toMatch(/\p{Surrogate}/u);
  });
});
