import type { TokenReading } from "../tokens/token-reader.ts";
import type { TokenReference } from "../tokens/token-reference.ts";
import { type UnresolvedReason, type UnresolvedToken, UnresolvedTokens } from "./unresolved-tokens.ts";

/** A token's original, or the reason why there is none to be had. */
export type Resolution = { readonly original: string } | { readonly reason: UnresolvedReason };

export type TokenLookup = (token: TokenReference) => Resolution;

export interface RestoredText {
  readonly text: string;
  /** Tokens that weren't restored, in text order, each once per reason. */
  readonly unresolved: readonly UnresolvedToken[];
}

/**
 * Replaces the tokens that were read in `text` with their originals. Restored text is never read again, so an original that
 * looks like a token is safe.
 */
export function restore(text: string, readings: readonly TokenReading[], lookup: TokenLookup): RestoredText {
  const unresolved = new UnresolvedTokens();
  return { text: restorePiece({ text, start: 0, readings }, lookup, unresolved), unresolved: unresolved.list };
}

/** A piece of a longer text, with its tokens. */
export interface TextPiece {
  readonly text: string;
  /** Where the piece begins in the whole text. */
  readonly start: number;
  /** With offsets from the beginning of the piece. */
  readonly readings: readonly TokenReading[];
}

/** Restores a piece, and adds the tokens that it can't restore to `unresolved`. */
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
