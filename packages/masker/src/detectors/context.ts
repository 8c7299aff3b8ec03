import { charClass } from "../matcher/char-class.ts";
import { anyCase, type Trigger, trigger } from "../matcher/trigger.ts";
import { sticky } from "./sticky.ts";

/** What may stand straight behind a key: a quote (perhaps escaped), an equals sign, a colon, a tag's end, white space. */
const behindKey = charClass("\"'`\\=:> \t");

/** `keys` in any case with what separates them from their value, so that the word alone costs nothing. */
export function keyTriggers(keys: readonly string[]): readonly Trigger[] {
  return keys.map((key) => trigger([anyCase(key), behindKey]));
}

/** `words` in any case and a space. */
export function wordTriggers(words: readonly string[]): readonly Trigger[] {
  return words.map((word) => trigger([anyCase(word), charClass(" :")]));
}

/** Whole phrases in any case: words that need no separator, as Korean ones, behind which a particle may stand. */
export function phraseTriggers(phrases: readonly string[]): readonly Trigger[] {
  return phrases.map((phrase) => trigger([anyCase(phrase)]));
}

/** An opening quote, escaped as often as the text around it was put into a string. */
export const quote = String.raw`\\{0,3}["'\x60]`;

/** A Korean particle and the copula's like, as they stand behind a context word: `버킷은`, `계정이`, `비밀번호를`. */
export const particle = "(?:은|는|이|가|을|를|의|인|로|으로|에|에서)?";

/**
 * From behind a key to its value, in every common notation:
 *
 * - `key=value`, `key = "value"`, `key: value`, `key := value`, `key => value`
 * - `"key": "value"`, `\"key\": [\"value\"`, `'key' = 'value'`
 * - `--key value`, `<key>value`
 * - `"name": "key", "value": "value"`, as containers' environments are described
 *
 * One unit of the notation has been read by the trigger already. Never crosses a line break, but for the last.
 */
export function assignmentGap(): RegExp {
  const named = String.raw`(?:${quote})?,\s{0,40}${quote}[Vv]alue${quote}[ \t]{0,4}:`;
  const assigned = String.raw`(?:${quote}|["'\x60])?\]?[ \t]{0,60}[:=]`;
  return sticky(
    String.raw`(?:(?<=[:=>])|(?<=--[A-Za-z-]{2,40} )|${assigned}|${named})[:=]?>?[ \t]{0,20}(?:\[\s{0,40}(?=${quote}))?(?:${quote})?`,
  );
}
