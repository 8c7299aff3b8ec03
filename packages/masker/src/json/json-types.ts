/**
 * The type of a number in JSON. Only a string can hold a token, so the number becomes a string. Its original is the number
 * as it was written. A token that fills its string is restored as that number, without the quotes.
 */
export const jsonNumberType = "JSON_NUMBER";

/**
 * The type of a value inside a string that holds JSON, if the value is escaped differently from how `JSON.stringify` would
 * escape it (`\uae40`, `\/`). The inner JSON is text that has to come back exactly, so the original is the value in its
 * escaped form. If that JSON has strings of JSON that are escaped like this, the original is the whole string.
 */
export const jsonEscapedType = "JSON_ESCAPED";

/** Types whose tokens are restored in a special way, so no detector may use them. */
export const jsonTypes: ReadonlySet<string> = new Set([jsonNumberType, jsonEscapedType]);

const numberShape = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/** Whether a text is a number in JSON's syntax. */
export function isJsonNumber(text: string): boolean {
  return numberShape.test(text);
}
