/**
 * How many characters before a token its left edge may depend on: three of emphasis, six of an escape, and the
 * backslashes that tell whether it is one. Who reads a text in pieces keeps as many.
 */
export const leftContext = 80;

/** Longer runs are looked at as if there were none: what is kept of a stream's past has to end somewhere. */
const maxBackslashes = 64;
const maxEmphasis = 3;

const underscore = 0x5f;
const backslash = 0x5c;
const percent = 0x25;
const letterU = 0x75;

const wordUnits = Uint8Array.from({ length: 128 }, (_, unit) => (/\w/.test(String.fromCharCode(unit)) ? 1 : 0));
/** The letters of the escapes that stand for white space: `\n`, `\t` and the like. */
const escapeLetters = Uint8Array.from({ length: 128 }, (_, unit) =>
  /[nrtbfv]/.test(String.fromCharCode(unit)) ? 1 : 0,
);

/** Whether the unit is an ASCII letter, digit or underscore; false for NaN, the unit outside of a text. */
export function isWordUnit(unit: number): boolean {
  return unit < 128 && wordUnits[unit] === 1;
}

export function isAlphanumeric(unit: number): boolean {
  return unit !== underscore && isWordUnit(unit);
}

export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/**
 * Whether a token may start at `index`: no ASCII word character stands before it, or only the end of an escape.
 *
 * In the source of JSON or a program `\nAWS_EC2_001` is a line break and a token, `\u003cAWS_EC2_001` a bracket and a
 * token, and so is `%22AWS_EC2_001` in a URL. Whether a text is such a source isn't known here, so both readings count.
 */
export function isTokenStart(text: string, index: number): boolean {
  const unit = text.charCodeAt(index - 1);
  if (index === 0 || !isWordUnit(unit)) return true;
  return (
    (escapeLetters[unit] === 1 && isEscaped(text, index - 1)) ||
    (text.charCodeAt(index - 3) === percent && isSeparatorCode(text.slice(index - 2, index))) ||
    (text.charCodeAt(index - 5) === letterU &&
      isEscaped(text, index - 5) &&
      isSeparatorCode(text.slice(index - 4, index)))
  );
}

/**
 * How many underscores stand before `index` as Markdown's emphasis (`__AWS_EC2_001__`): one to three that no word
 * touches and no backslash makes a plain character. 0 where they are part of a word.
 */
export function emphasisBefore(text: string, index: number): number {
  let length = 0;
  while (length <= maxEmphasis && text.charCodeAt(index - 1 - length) === underscore) length++;
  if (length === 0) return 0;
  const isEmphasis = length <= maxEmphasis && text.charCodeAt(index - 1 - length) !== backslash;
  return isEmphasis && isTokenStart(text, index - length) ? length : 0;
}

/** Whether an odd number of backslashes stands before `index`: an even number is made of escaped ones. */
function isEscaped(text: string, index: number): boolean {
  let backslashes = 0;
  while (backslashes < maxBackslashes && text.charCodeAt(index - 1 - backslashes) === backslash) backslashes++;
  return backslashes % 2 === 1;
}

/** Whether these hex digits are the code of a character that words aren't made of. */
function isSeparatorCode(hex: string): boolean {
  return /^[0-9A-Fa-f]+$/.test(hex) && !isWordUnit(Number.parseInt(hex, 16));
}
