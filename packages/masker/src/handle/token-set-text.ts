import { isTokenType } from "../tokens/token-type.ts";
import { invalidHandle } from "./invalid-handle.ts";
import { type NumberRange, TokenSet } from "./token-set.ts";

/**
 * Writes each type as `<type>.<range>.<range>`. A range is the distance from the number before it. If it holds more than
 * one number, `-` and the count of further numbers follow. All numbers are in base 36.
 */
export function writeTokenSet(tokens: TokenSet): readonly string[] {
  return tokens.types.map((type) => writeType(type, tokens.rangesOf(type)));
}

function writeType(type: string, ranges: readonly NumberRange[]): string {
  let previous = 0;
  const written = ranges.map(({ first, last }) => {
    const distance = (first - previous).toString(36);
    previous = last;
    return last === first ? distance : `${distance}-${(last - first).toString(36)}`;
  });
  return [type, ...written].join(".");
}

/**
 * Reads what {@link writeTokenSet} wrote, with a `~` before each type. It reads one type and one range at a time, so a
 * hostile text causes no more work than its length.
 *
 * @throws {MaskerError} `HANDLE_INVALID`
 */
export function readTokenSet(body: string): TokenSet {
  const ranges = new Map<string, readonly NumberRange[]>();
  for (let start = 1; start <= body.length; ) {
    const end = endOf(body, "~", start);
    const typeEnd = Math.min(end, endOf(body, ".", start));
    const type = body.slice(start, typeEnd);
    if (!isTokenType(type) || ranges.has(type)) throw invalidHandle("it names a type that can't be one");
    ranges.set(type, readRanges(body, typeEnd, end));
    start = end + 1;
  }
  return TokenSet.ofRanges(ranges);
}

function readRanges(body: string, start: number, end: number): readonly NumberRange[] {
  if (start === end) throw invalidHandle("it names a type without numbers");
  const ranges: NumberRange[] = [];
  let previous = 0;
  for (let index = start; index < end; ) {
    const distanceEnd = endOfNumber(body, index + 1);
    const first = previous + readNumber(body, index + 1, distanceEnd);
    const hasMore = body.charCodeAt(distanceEnd) === hyphen;
    const rangeEnd = hasMore ? endOfNumber(body, distanceEnd + 1) : distanceEnd;
    const last = hasMore ? first + readNumber(body, distanceEnd + 1, rangeEnd) : first;
    const isClosed = rangeEnd === end || body.charCodeAt(rangeEnd) === dot;
    if (!isClosed || !Number.isSafeInteger(last)) throw invalidHandle("it names a number that can't be one");
    ranges.push({ first, last });
    previous = last;
    index = rangeEnd;
  }
  return ranges;
}

const hyphen = 0x2d;
const dot = 0x2e;
/** 2^53-1 has this many digits in base 36. */
const maxNumberLength = 11;

function endOfNumber(text: string, start: number): number {
  let end = start;
  while (end < text.length && digitAt(text, end) >= 0) end++;
  return end;
}

/** @returns NaN for what {@link writeTokenSet} never writes: no digits, a leading zero, too many digits */
function readNumber(text: string, start: number, end: number): number {
  if (start === end || end - start > maxNumberLength || digitAt(text, start) === 0) return Number.NaN;
  let number = 0;
  for (let index = start; index < end; index++) number = number * 36 + digitAt(text, index);
  return number;
}

function digitAt(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  return unit >= 0x61 && unit <= 0x7a ? unit - 0x57 : -1;
}

/** Where `mark` comes next, or else the end of the text. */
function endOf(text: string, mark: string, from: number): number {
  const index = text.indexOf(mark, from);
  return index < 0 ? text.length : index;
}
