const wordUnits = Uint8Array.from({ length: 128 }, (_, unit) =>
  /[A-Za-z0-9_]/.test(String.fromCharCode(unit)) ? 1 : 0,
);

/** Whether the code unit at `index` is an ASCII letter, digit or underscore; false outside of the text. */
export function isWordAt(text: string, index: number): boolean {
  return index >= 0 && index < text.length && wordUnits[text.charCodeAt(index)] === 1;
}

/**
 * Whether a word may start at `index`: no word character stands before it, or only the letter of an escape.
 *
 * In the source of a JSON string or a program, `\nAKIA...` is a line break and a key: the `n` belongs to the backslash.
 */
export function isWordStart(text: string, index: number): boolean {
  return !isWordAt(text, index - 1) || isEscapeLetter(text, index - 1);
}

/** Whether the letter at `index` ends an escape such as `\n`: an odd number of backslashes stands before it. */
function isEscapeLetter(text: string, index: number): boolean {
  if (!"nrtbfv".includes(text.charAt(index))) return false;
  // An even number of backslashes is made of escaped ones; more than a few dozen are looked at as if there were none.
  let backslashes = 0;
  while (backslashes < 64 && text.charCodeAt(index - 1 - backslashes) === 0x5c) backslashes++;
  return backslashes % 2 === 1;
}
