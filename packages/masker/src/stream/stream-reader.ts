import { leftContext } from "../tokens/token-edges.ts";
import type { TokenReader } from "../tokens/token-reader.ts";
import type { TextPiece } from "../unmask/restore.ts";

/**
 * Reads a text that comes in chunks. However it is cut, the pieces put together are the text, and their tokens are those
 * that are read in the whole.
 */
export interface StreamReader {
  /** Takes the next chunk and gives what is decided by now, often all of it; the piece may be empty. */
  push(chunk: string): TextPiece;
  /** Gives the rest: no chunk follows. */
  end(): TextPiece;
}

/**
 * Holds back only what may be the beginning of a known token, at most `reader.longest` characters; and half of a
 * surrogate pair, so that each piece can be encoded by itself.
 */
export function createStreamReader(reader: TokenReader): StreamReader {
  /** What was given last, for the edges of the next token. */
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

/** The text's length, or one less where it ends with the first half of a surrogate pair. */
function beforeHalfPair(text: string, from: number): number {
  const last = text.length - 1;
  return last >= from && (text.charCodeAt(last) & 0xfc00) === 0xd800 ? last : text.length;
}
