import { groupBytes, groupLetters } from "../encoding/base32.ts";

/** What every sealed token begins with behind its type: a letter, as a number never does. */
export const sealMark = "X";

/** Bytes of a synthetic IV, at the head of a seal. */
export const sealIvBytes = 10;

/** The most bytes of an original, with the one that ends it, that its token holds: 64 and one. */
export const maxWrittenBytes = 65;

/** Letters of the synthetic IV: of a longer original the token holds only these, and the handle the rest. */
export const sealIvLetters = (sealIvBytes / groupBytes) * groupLetters;

/** Letters of the longest seal that a token holds. */
export const maxSealLetters = sealIvLetters + (maxWrittenBytes / groupBytes) * groupLetters;

/** Whether so many letters can be a seal: a synthetic IV, with or without an original. */
export function isSealLength(letters: number): boolean {
  return letters >= sealIvLetters && letters <= maxSealLetters && letters % groupLetters === 0;
}

/** Whether the token of such a seal names an original that its handle holds. */
export function isHeldByHandle(seal: string): boolean {
  return seal.length === sealIvLetters;
}
