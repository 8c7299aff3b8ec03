import { isTokenStart, isWordUnit } from "../tokens/token-edges.ts";

/** Whether the code unit at `index` is an ASCII letter, digit or underscore. False outside the text. */
export function isWordAt(text: string, index: number): boolean {
  return isWordUnit(text.charCodeAt(index));
}

/**
 * Whether a word may start at `index`. It is the rule for tokens, so that a token can be read wherever a value was replaced.
 * In JSON or program source, `\nAKIA...` is a line break and a key, because the `n` belongs to the backslash.
 */
export const isWordStart = isTokenStart;
