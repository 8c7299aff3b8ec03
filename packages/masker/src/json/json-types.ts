/**
 * The type of a number in JSON. Its token is a string, as only a string can hold one, and its original is the number as
 * it was written: a token that fills its string is restored as that number, without the quotes.
 */
export const jsonNumberType = "JSON_NUMBER";

/**
 * The type of a value in a string that holds JSON itself, where the value was escaped otherwise than `JSON.stringify`
 * would (`\uae40`, `\/`). The inner JSON is text that has to come back to the letter, so its original is the value as it
 * was escaped. Where that JSON holds strings of JSON that are escaped in such a way, it is all that such a string holds.
 */
export const jsonEscapedType = "JSON_ESCAPED";

/** Types whose tokens are restored in a way of their own, so no detector may use them. */
export const jsonTypes: ReadonlySet<string> = new Set([jsonNumberType, jsonEscapedType]);

const numberShape = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/** Whether a text is a number as JSON writes it. */
export function isJsonNumber(text: string): boolean {
  return numberShape.test(text);
}
