import { MaskerError } from "../errors.ts";
import { isShortJson } from "./short-json.ts";

/** How deep strings that hold JSON may lie in one another; further in they are text. */
const maxDepth = 8;

/** In longer texts the price of an exception doesn't count. */
const shortLength = 512;

/** @throws {MaskerError} `JSON_INVALID` unless it is JSON; the engine's own message quotes the text and is dropped. */
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
 * Whether a string holds JSON that is masked and restored as such: an object or an array, no number, as a string of
 * digits is text.
 *
 * @param text what the string says
 * @param depth how many strings the string itself lies in
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

/** What parsing would find out too, only that failing is dear. */
function beginsAsJson(text: string): boolean {
  const first = text.charCodeAt(0);
  // Most strings begin with a letter or a digit.
  if (first > 0x20 && first !== 0x5b && first !== 0x7b) return false;
  if (!jsonBeginning.test(text)) return false;
  const last = text.trimEnd().at(-1);
  return last === "}" || last === "]";
}
