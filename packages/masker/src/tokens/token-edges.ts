/**
 * How many characters before a token can decide whether it is one: three of emphasis, six of an escape, and the backslashes
 * that show whether it is an escape. A stream keeps this many.
 */
export const leftContext = 80;

/** Longer runs are ignored, because a stream can keep only so much of its past. */
const maxBackslashes = 64;
const maxEmphasis = 3;

const underscore = 0x5f;
const backslash = 0x5c;
const percent = 0x25;
const letterU = 0x75;

const wordUnits = Uint8Array.from({ length: 128 }, (_, unit) => (/\w/.test(String.fromCharCode(unit)) ? 1 : 0));
/** The letters of escapes for white space: `\n`, `\t` and the like. */
const escapeLetters = Uint8Array.from({ length: 128 }, (_, unit) =>
  /[nrtbfv]/.test(String.fromCharCode(unit)) ? 1 : 0,
);

/** Whether the unit is an ASCII letter, digit or underscore. False for NaN, which stands for a place outside a text. */
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
 * Whether a token may start at `index`. It may unless an ASCII word character comes before it that isn't the end of an
 * escape.
 *
 * In JSON or program source `\nAWS_EC2_001` is a line break and a token, and `\u003cAWS_EC2_001` is a bracket and a token.
 * In a URL `%22AWS_EC2_001` is a quote and a token. The reader doesn't know what kind of text it has, so all of these
 * count.
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
 * How many underscores before `index` are emphasis in Markdown (`__AWS_EC2_001__`): one to three, with no word and no
 * backslash right before them. 0 if they are part of a word.
 */
export function emphasisBefore(text: string, index: number): number {
  let length = 0;
  while (length <= maxEmphasis && text.charCodeAt(index - 1 - length) === underscore) length++;
  if (length === 0) return 0;
  const isEmphasis = length <= maxEmphasis && text.charCodeAt(index - 1 - length) !== backslash;
  return isEmphasis && isTokenStart(text, index - length) ? length : 0;
}

/** Whether an odd number of backslashes comes before `index`. In an even number, they escape each other. */
function isEscaped(text: string, index: number): boolean {
  let backslashes = 0;
  while (backslashes < maxBackslashes && text.charCodeAt(index - 1 - backslashes) === backslash) backslashes++;
  return backslashes % 2 === 1;
}

/** Whether these hex digits are the code of a character that isn't part of a word. */
function isSeparatorCode(hex: string): boolean {
  return /^[0-9A-Fa-f]+$/.test(hex) && !isWordUnit(Number.parseInt(hex, 16));
}
