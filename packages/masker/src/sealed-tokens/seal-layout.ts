import { groupBytes, groupLetters } from "../encoding/base32.ts";

/** Comes after the type and its underscore in every sealed token. A letter, because a number never begins with one. */
export const sealMark = "X";

/** A seal begins with a synthetic IV of this many bytes. */
export const sealIvBytes = 10;

/** The longest original that fits into its token, in bytes: 64 and the one that ends it. */
export const maxWrittenBytes = 65;

/** Letters of the synthetic IV. The token of a longer original has only these, and the handle carries the rest. */
export const sealIvLetters = (sealIvBytes / groupBytes) * groupLetters;

/** Letters of the longest seal in a token. */
export const maxSealLetters = sealIvLetters + (maxWrittenBytes / groupBytes) * groupLetters;

/** Whether a seal can have this many letters: a synthetic IV, with or without an original. */
export function isSealLength(letters: number): boolean {
  return letters >= sealIvLetters && letters <= maxSealLetters && letters % groupLetters === 0;
}

/** Whether the handle, not the token, holds the original of this seal. */
export function isHeldByHandle(seal: string): boolean {
  return seal.length === sealIvLetters;
}
