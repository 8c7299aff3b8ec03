import type { TokenReading } from "../tokens/token-reader.ts";
import type { Candidate, Label } from "./finding.ts";

/** The type of text that only looks like a token. It is masked too, so that only our own tokens are restored. */
export const literalType = "TEXT_LITERAL";

const literalLabel: Label = {
  type: literalType,
  confidence: "high",
  priority: Number.MAX_SAFE_INTEGER,
  everywhere: true,
};

export interface LiteralOptions {
  /** Stands for any token, with a type that the reader doesn't know, so that it isn't read as one. */
  readonly placeholder: string;
  readonly readTokens: (text: string) => readonly TokenReading[];
  readonly isKept: (reading: TokenReading) => boolean;
}

/**
 * Finds text that would be read as a token once the findings are replaced by their tokens. It reads the text after the
 * replacement, because a token gives the text beside it other neighbours than the value did.
 */
export function findLiterals(text: string, findings: readonly Candidate[], options: LiteralOptions): Candidate[] {
  const { placeholder, readTokens, isKept } = options;
  const pieces: string[] = [];
  /** Where the piece after each finding begins in the replaced text, and how much further on that is in `text`. */
  const begins: number[] = [0];
  const shifts: number[] = [0];
  let copied = 0;
  let length = 0;
  for (const { start, end } of findings) {
    pieces.push(text.slice(copied, start), placeholder);
    length += start - copied + placeholder.length;
    copied = end;
    begins.push(length);
    shifts.push(end - length);
  }
  pieces.push(text.slice(copied));

  let piece = 0;
  return readTokens(pieces.join("")).flatMap((reading) => {
    if (isKept(reading)) return [];
    while (piece + 1 < begins.length && begins[piece + 1]! <= reading.start) piece++;
    const shift = shifts[piece]!;
    return [{ label: literalLabel, start: reading.start + shift, end: reading.end + shift }];
  });
}
