import { MaskerError } from "../errors.ts";
import { isShortJson } from "./short-json.ts";

/** How deep JSON in strings may be nested. Anything deeper is plain text. */
const maxDepth = 8;

/** For texts longer than this, the cost of an exception doesn't matter. */
const shortLength = 512;

/** @throws {MaskerError} `JSON_INVALID` unless it is JSON. The engine's message is dropped, because it quotes the text. */
export function checkJson(source: string): void {
  try {
    JSON.parse(source);
  } catch {
    throw new MaskerError(
      "JSON_INVALID",
      "the text isn't JSON, so nothing was masked or restored; pass one complete JSON value, or use mask and unmask for text",
    );
  }
}

/**
 * Whether a string holds JSON that is masked and restored as JSON. That has to be an object or an array; a string of digits
 * is text.
 *
 * @param text the unescaped text of the string
 * @param depth how many strings the string itself is nested in
 */
export function holdsJson(text: string, depth: number): boolean {
  if (!beginsAsJson(text) || depth >= maxDepth) return false;
  if (text.length <= shortLength) return isShortJson(text);
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const jsonBeginning = /^[ \t\n\r]*(?:\{[ \t\n\r]*["}]|\[[ \t\n\r]*["\][{0-9tfn-])/;

/** Rules out most strings before parsing, because a failed parse is expensive. */
function beginsAsJson(text: string): boolean {
  const first = text.charCodeAt(0);
  // Most strings start with a letter or a digit.
  if (first > 0x20 && first !== 0x5b && first !== 0x7b) return false;
  if (!jsonBeginning.test(text)) return false;
  const last = text.trimEnd().at(-1);
  return last === "}" || last === "]";
}
