import { GROUP_BYTES, GROUP_LETTERS } from "../encoding/base32.ts";

/** What every sealed token begins with behind its type: a letter, as a number never does. */
export const SEAL_MARK = "X";

/** Bytes of a synthetic IV, at the head of a seal. */
export const SEAL_IV_BYTES = 10;

/** The most bytes of an original, with the one that ends it, that its token holds: 64 and one. */
export const MAX_WRITTEN_BYTES = 65;

/** Letters of the synthetic IV: of a longer original the token holds only these, and the handle the rest. */
export const SEAL_IV_LETTERS = (SEAL_IV_BYTES / GROUP_BYTES) * GROUP_LETTERS;

/** Letters of the longest seal that a token holds. */
export const MAX_SEAL_LETTERS = SEAL_IV_LETTERS + (MAX_WRITTEN_BYTES / GROUP_BYTES) * GROUP_LETTERS;

/** Whether so many letters can be a seal: a synthetic IV, with or without an original. */
export function isSealLength(letters: number): boolean {
  return letters >= SEAL_IV_LETTERS && letters <= MAX_SEAL_LETTERS && letters % GROUP_LETTERS === 0;
}

/** Whether the token of such a seal names an original that its handle holds. */
export function isHeldByHandle(seal: string): boolean {
  return seal.length === SEAL_IV_LETTERS;
}
