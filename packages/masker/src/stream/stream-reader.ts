import { leftContext } from "../tokens/token-edges.ts";
import type { TokenReader } from "../tokens/token-reader.ts";
import type { TextPiece } from "../unmask/restore.ts";

/**
 * Reads the tokens of a text that arrives in chunks. However it is cut, the pieces add up to the text, and their tokens are
 * those of the whole text.
 */
export interface StreamReader {
  /** Takes the next chunk and returns what is certain by now: often everything, sometimes an empty piece. */
  push(chunk: string): TextPiece;
  /** Returns the rest after the last chunk. */
  end(): TextPiece;
}

/**
 * Holds back only what may be the start of a known token, at most `reader.longest` characters. It also holds back half of a
 * surrogate pair, so that each piece can be encoded on its own.
 */
export function createStreamReader(reader: TokenReader): StreamReader {
  /** The end of what was returned, which decides whether a token may start after it. */
  let context = "";
  let held = "";
  let given = 0;

  function readOn(chunk: string, isLast: boolean): TextPiece {
    const text = context + held + chunk;
    const from = context.length;
    const { readings, decided } = reader.readOn(text, from, isLast);
    const until = isLast || decided < text.length ? decided : beforeHalfPair(text, from);
    const piece = {
      text: text.slice(from, until),
      start: given,
      readings: readings.map((reading) => ({ ...reading, start: reading.start - from, end: reading.end - from })),
    };
    given += until - from;
    held = text.slice(until);
    context = text.slice(Math.max(0, until - leftContext), until);
    return piece;
  }

  return { push: (chunk) => readOn(chunk, false), end: () => readOn("", true) };
}

/** The text's length, or one less if it ends with the first half of a surrogate pair. */
function beforeHalfPair(text: string, from: number): number {
  const last = text.length - 1;
  return last >= from && (text.charCodeAt(last) & 0xfc00) === 0xd800 ? last : text.length;
}
