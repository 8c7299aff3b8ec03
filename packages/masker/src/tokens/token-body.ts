import { canonicalBase32, isBase32Unit } from "../encoding/base32.ts";
import { isSealLength, maxSealLetters, sealMark } from "../sealed-tokens/seal-layout.ts";
import { isDigit } from "./token-edges.ts";
import { minDigits } from "./token-format.ts";
import type { TokenReference } from "./token-reference.ts";
import type { TypeTrie } from "./type-trie.ts";

/** The text ends before it is clear whether this is a token. */
export const undecided = "undecided";

/** The ways in which a token may be spelt differently, as bits of {@link TokenBody.spelling}. */
export const Spelling = {
  exact: 0,
  /** `aws_ec2_001`. In a seal also a letter in place of one that it looks like. */
  otherCase: 1,
  /** `AWS\_EC2\_001`, as Markdown writers escape it. */
  escaped: 2,
  /** `AWS-EC2-001` */
  hyphen: 4,
  /** `AWS EC2 001` */
  space: 8,
  /** `AWS_EC2_1` */
  fewerZeros: 16,
} as const;

/** A type with a number or a seal, without delimiters and without regard to what is around it. */
export type TokenBody = TokenReference & {
  /** After the last digit or letter. */
  readonly end: number;
  readonly spelling: number;
};

/** 2^53-1 has this many digits. */
const maxDigits = 16;

/** The length of a type's longest body: every underscore escaped, with the longest seal. */
export function longestBody(type: string): number {
  return type.length + type.split("_").length + sealMark.length + maxSealLetters + 1;
}

/**
 * Reads the body that starts at `start`, in any of the `allowed` spellings.
 *
 * @param isWhole whether nothing follows the text; if something may, the answer can be {@link undecided}
 */
export function readBody(
  trie: TypeTrie,
  text: string,
  start: number,
  allowed: number,
  isWhole: boolean,
): TokenBody | typeof undecided | undefined {
  let node = trie;
  let spelling: number = Spelling.exact;
  let index = start;
  while (index < text.length) {
    const unit = text.charCodeAt(index);
    let width = 1;
    let read = unit;
    if (unit >= 0x61 && unit <= 0x7a) {
      read = unit - 0x20;
      spelling |= Spelling.otherCase;
    } else if (unit === hyphen) {
      read = underscore;
      spelling |= Spelling.hyphen;
    } else if (unit === space) {
      read = underscore;
      spelling |= Spelling.space;
    } else if (unit === backslash) {
      if (index + 1 === text.length) break;
      if (text.charCodeAt(index + 1) !== underscore) return undefined;
      read = underscore;
      width = 2;
      spelling |= Spelling.escaped;
    }
    if ((spelling & ~allowed) !== 0) return undefined;
    index += width;
    if (read === underscore && node.type !== undefined) {
      const body =
        readNumber(node.type, text, index, spelling, isWhole) ?? readSeal(node.type, text, index, spelling, isWhole);
      if (body !== undefined) return body;
    }
    const next = node.next.get(read);
    if (next === undefined) return undefined;
    node = next;
  }
  return isWhole ? undefined : undecided;
}

function readNumber(
  type: string,
  text: string,
  start: number,
  spelling: number,
  isWhole: boolean,
): TokenBody | typeof undecided | undefined {
  let end = start;
  let number = 0;
  for (; end < text.length && end - start <= maxDigits; end++) {
    const unit = text.charCodeAt(end);
    if (!isDigit(unit)) break;
    // Above 2^53-1 this may round, but never down to a safe number.
    number = number * 10 + (unit - zero);
  }
  const digits = end - start;
  if (digits > maxDigits) return undefined;
  if (end === text.length && !isWhole) return undecided;
  // Nobody writes more zeros than the padding, and 000 isn't a number.
  const isNumber = digits > 0 && number >= 1 && number <= Number.MAX_SAFE_INTEGER;
  if (!isNumber || (digits > minDigits && text.charCodeAt(start) === zero)) return undefined;
  return { type, number, end, spelling: digits < minDigits ? spelling | Spelling.fewerZeros : spelling };
}

function readSeal(
  type: string,
  text: string,
  start: number,
  spelling: number,
  isWhole: boolean,
): TokenBody | typeof undecided | undefined {
  const mark = text.charAt(start);
  if (mark.toUpperCase() !== sealMark) return undefined;
  const begin = start + 1;
  let end = begin;
  while (end < text.length && end - begin <= maxSealLetters && isBase32Unit(text.charCodeAt(end))) end++;
  const letters = end - begin;
  if (letters > maxSealLetters) return undefined;
  if (end === text.length && !isWhole) return undecided;
  if (!isSealLength(letters)) return undefined;
  const written = text.slice(begin, end);
  const seal = canonicalBase32(written);
  const isExact = mark === sealMark && written === seal;
  return { type, seal, end, spelling: isExact ? spelling : spelling | Spelling.otherCase };
}

const underscore = 0x5f;
const backslash = 0x5c;
const hyphen = 0x2d;
const space = 0x20;
const zero = 0x30;
