import { readFileSync } from "node:fs";
import { parseRegExpLiteral, visitRegExpAST } from "@eslint-community/regexpp";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createScanner } from "../detection/scanner.ts";
import { settle } from "../detection/settle.ts";
import { hasFixedLength, type Trigger } from "../matcher/trigger.ts";
import { builtInDetectors, findValues, surroundings } from "./find-values.ts";
import { createWorkCounter } from "./fixtures/counted-work.ts";
import { findByReference } from "./reference-finder.ts";

const shapes = builtInDetectors.filter((detector) => detector.kind === "shape");
const benignLines = readFileSync(new URL("./fixtures/benign-lines.txt", import.meta.url), "utf8")
  .trim()
  .split("\n");

/** The shortest text that a trigger fires on, with the `pick`-th member of each class. */
function example({ steps }: Trigger, pick: number): string {
  const members = steps.map(({ of, min }) => {
    const units = Array.from({ length: 95 }, (_, index) => index + 32).filter((unit) => of.has(unit));
    const unit = units[pick % Math.max(1, units.length)] ?? [...of.named][0] ?? 32;
    return String.fromCharCode(unit).repeat(min);
  });
  return members.join("");
}

/** Endless repeats of more than a class, or with more than one thing after them that may fail. */
function unboundedRepeats(pattern: RegExp): string[] {
  const found: string[] = [];
  visitRegExpAST(parseRegExpLiteral(pattern), {
    onQuantifierEnter(repeat) {
      const { max, element, parent, raw } = repeat;
      if (max !== Number.POSITIVE_INFINITY) return;
      const isClass = /^Character/.test(element.type);
      const behind = parent.type === "Alternative" ? parent.elements.length - 1 - parent.elements.indexOf(repeat) : 0;
      if (!isClass || behind > 1) found.push(raw);
    },
  });
  return found;
}

describe("every built-in detector", () => {
  it("has a type with a family and at least one more part", () => {
    for (const { type } of builtInDetectors) expect(type).toMatch(/^(?:AWS|SECRET|PII|NET)(?:_[A-Z0-9]+)+$/);
  });

  it("has a type that no other type ends with", () => {
    const types = [...new Set(builtInDetectors.map(({ type }) => type))];
    const clashes = types.flatMap((type) => types.filter((other) => other !== type && other.endsWith(type)));
    expect(clashes).toEqual([]);
  });

  it("has a sticky pattern, and triggers of fixed length if a value starts at its trigger", () => {
    for (const { type, pattern, start, triggers } of shapes) {
      expect(pattern.sticky, type).toBe(true);
      expect(triggers.length, type).toBeGreaterThan(0);
      if (start.at === "trigger") expect(triggers.every(hasFixedLength), type).toBe(true);
      if (start.at === "after") expect(start.gap.sticky && (start.next?.sticky ?? true), type).toBe(true);
    }
  });

  it("has patterns with bounded repeats, except for a class near the end", () => {
    for (const { type, pattern, start } of shapes) {
      const gaps = start.at === "after" ? [start.gap, start.next] : [start.at === "run" ? start.ahead : undefined];
      for (const each of [pattern, ...gaps]) {
        if (each !== undefined) expect(unboundedRepeats(each), `${type} ${each}`).toEqual([]);
      }
    }
  });

  it("has short triggers", () => {
    for (const { type, triggers } of shapes) {
      for (const { longest } of triggers) expect(longest, type).toBeLessThanOrEqual(48);
    }
  });
});

describe("benign text", () => {
  it("is at least two hundred lines", () => {
    expect(benignLines.length).toBeGreaterThanOrEqual(200);
  });

  it.each(benignLines)("stays as it is: %s", (line) => {
    expect(findValues(line)).toEqual([]);
  });

  it("stays as it is as a single document too", () => {
    expect(findValues(benignLines.join("\n"))).toEqual([]);
  });
});

describe("the scanner and the reference", () => {
  const pieces = [
    ...[
      "i-1234567890abcdef0",
      "10.0.1.100",
      "/16",
      "fe80::1",
      "010-1234-5678",
      "4111 1111 1111 1111",
      "jane@example.com",
    ],
    ...[
      "password=",
      "hunter2",
      "Bearer ",
      '"Bucket": "',
      "photos",
      '"',
      "S3 ",
      "my-bucket",
      " 버킷",
      "은 ",
      "arn:aws:s3:::b",
    ],
    ...[
      "account ",
      "123456789012",
      "eyJhbGciOiJI.eyJzdWIiOiIx.abc",
      "prod-db.rds.",
      "amazonaws.com",
      ".local",
      "900101-1234567",
    ],
    ...[
      "\\n",
      "\n",
      " ",
      ".",
      ",",
      "-",
      "_",
      "a",
      "0",
      ":",
      "::",
      "/",
      "=",
      "를",
      '{"clusters": ["a", "b"]}',
      "http://a:b@c",
    ],
  ];

  it("agree on what is covered in random combinations", () => {
    const scanner = createScanner(builtInDetectors);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 8 }), (parts) => {
        const text = parts.join("");
        const covered = (candidates: Parameters<typeof settle>[1]) =>
          settle(text, candidates).map(({ start, end }) => text.slice(start, end));
        expect(covered(scanner.find(text).candidates)).toEqual(covered(findByReference(builtInDetectors, text)));
      }),
      { numRuns: 300 },
    );
  });
});

describe("hostile text", () => {
  const countWork = createWorkCounter(builtInDetectors);
  const tails = ["", "-", "a", "0.", "a:", '="', "a-", "=x", "\\n", '"', "aaaaaaaaaaaaaaaaaaaaaaaa"];

  it("takes four times the work if it is four times as long, for every trigger", () => {
    const size = 2_000;
    for (const { type, triggers } of shapes) {
      for (const trigger of triggers.slice(0, 4)) {
        const word = example(trigger, 3);
        for (const tail of tails) {
          const unit = word + tail;
          const text = unit.repeat(Math.ceil((size * 4) / unit.length));
          const work = countWork(text.slice(0, size));
          expect(work, `${type}: ${unit}`).toBeLessThan(3 * size);
          // A text that is cut elsewhere may begin or end one more look.
          expect(countWork(text), `${type}: ${unit}`).toBeLessThan(4 * work + 400);
        }
      }
    }
  });

  it.each(["a", "0", "A", " ", "-", ".", ":", "=", '"', "\\", "a@", "a.", "0.", "a-", "0:", "::", "/", "+1", "가"])(
    "takes no more work than it has units when it is only %s",
    (unit) => {
      const length = 60_000;
      expect(countWork(unit.repeat(length / unit.length))).toBeLessThanOrEqual(length);
    },
  );
});

describe("surroundings", () => {
  it("contain no values themselves", () => {
    for (const surround of surroundings) expect(findValues(surround("nothing"))).toEqual([]);
  });
});
