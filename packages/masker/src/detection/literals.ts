import type { TokenReading } from "../tokens/token-reader.ts";
import type { Candidate, Label } from "./finding.ts";

/** The type of text that only looks like a token: masked as it stands, so that nothing but our own tokens is restored. */
export const literalType = "TEXT_LITERAL";

const literalLabel: Label = {
  type: literalType,
  confidence: "high",
  priority: Number.MAX_SAFE_INTEGER,
  everywhere: true,
};

/** Stands for any token: of a type that nobody has, so that it is read as none. */
export interface LiteralOptions {
  readonly placeholder: string;
  readonly readTokens: (text: string) => readonly TokenReading[];
  readonly isKept: (reading: TokenReading) => boolean;
}

/**
 * What would be read as a token once the findings are replaced by theirs. Read after the replacement, because a token
 * gives the text beside it other neighbours than the value had.
 */
export function findLiterals(text: string, findings: readonly Candidate[], options: LiteralOptions): Candidate[] {
  const { placeholder, readTokens, isKept } = options;
  const pieces: string[] = [];
  /** Where the piece behind each finding begins: in the replaced text, and how much further on it is in `text`. */
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
