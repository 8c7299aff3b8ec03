import { isTokenStart, isWordUnit } from "../tokens/token-edges.ts";

/** Whether the code unit at `index` is an ASCII letter, digit or underscore; false outside of the text. */
export function isWordAt(text: string, index: number): boolean {
  return isWordUnit(text.charCodeAt(index));
}

/**
 * Whether a word may start at `index`: where a token may, so that a value's edges are those of the token that takes its
 * place. In the source of JSON or a program, `\nAKIA...` is a line break and a key: the `n` belongs to the backslash.
 */
export const isWordStart = isTokenStart;
