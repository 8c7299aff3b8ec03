import type { TokenReading } from "../tokens/token-reader.ts";
import type { TokenReference } from "../tokens/token-reference.ts";
import { type UnresolvedReason, type UnresolvedToken, UnresolvedTokens } from "./unresolved-tokens.ts";

/** What a token stands for, or why that can't be told. */
export type Resolution = { readonly original: string } | { readonly reason: UnresolvedReason };

export type TokenLookup = (token: TokenReference) => Resolution;

export interface RestoredText {
  readonly text: string;
  /** What stays as it is, each token once, in the order of the text. */
  readonly unresolved: readonly UnresolvedToken[];
}

/**
 * Puts originals in the place of the tokens that were read in `text`. An original that looks like a token stays what it
 * is: restored text is never read again.
 */
export function restore(text: string, readings: readonly TokenReading[], lookup: TokenLookup): RestoredText {
  const unresolved = new UnresolvedTokens();
  return { text: restorePiece({ text, start: 0, readings }, lookup, unresolved), unresolved: unresolved.list };
}

/** A piece of a longer text with its tokens. */
export interface TextPiece {
  readonly text: string;
  /** Where the piece begins in the whole. */
  readonly start: number;
  /** Their offsets count from the piece's beginning. */
  readonly readings: readonly TokenReading[];
}

/** Restores a piece and adds to `unresolved` what stays as it is. */
export function restorePiece(piece: TextPiece, lookup: TokenLookup, unresolved: UnresolvedTokens): string {
  let restored = "";
  let rest = 0;
  for (const reading of piece.readings) {
    const { start, end } = reading;
    const resolution = lookup(reading);
    if ("original" in resolution) {
      restored += piece.text.slice(rest, start) + resolution.original;
      rest = end;
    } else {
      unresolved.add({ token: piece.text.slice(start, end), reason: resolution.reason, start: piece.start + start });
    }
  }
  return restored + piece.text.slice(rest);
}
