import { charClass } from "../matcher/char-class.ts";
import { anyCase, type Trigger, trigger } from "../matcher/trigger.ts";
import { sticky } from "./sticky.ts";

/** What may come right after a key: a quote (perhaps escaped), an equals sign, a colon, the end of a tag, white space. */
const behindKey = charClass("\"'`\\=:> \t");

/** `keys` in any case, with the separator after them, so that the word alone costs nothing. */
export function keyTriggers(keys: readonly string[]): readonly Trigger[] {
  return keys.map((key) => trigger([anyCase(key), behindKey]));
}

/** `words` in any case, followed by a space. */
export function wordTriggers(words: readonly string[]): readonly Trigger[] {
  return words.map((word) => trigger([anyCase(word), charClass(" :")]));
}

/** Whole phrases in any case. They need no separator, because in Korean a particle may follow the word directly. */
export function phraseTriggers(phrases: readonly string[]): readonly Trigger[] {
  return phrases.map((phrase) => trigger([anyCase(phrase)]));
}

/** An opening quote, escaped once for every string that the text is nested in. */
export const quote = String.raw`\\{0,3}["'\x60]`;

/** A Korean particle after a context word: `버킷은`, `계정이`, `비밀번호를`. */
export const particle = "(?:은|는|이|가|을|를|의|인|로|으로|에|에서)?";

/**
 * What comes between a key and its value, in every common notation:
 *
 * - `key=value`, `key = "value"`, `key: value`, `key := value`, `key => value`
 * - `"key": "value"`, `\"key\": [\"value\"`, `'key' = 'value'`
 * - `--key value`, `<key>value`
 * - `"name": "key", "value": "value"`, as in the environment of a container
 *
 * The trigger has already read one unit of the notation. Only the last notation may cross a line break.
 */
export function assignmentGap(): RegExp {
  const named = String.raw`(?:${quote})?,\s{0,40}${quote}[Vv]alue${quote}[ \t]{0,4}:`;
  const assigned = String.raw`(?:${quote}|["'\x60])?\]?[ \t]{0,60}[:=]`;
  return sticky(
    String.raw`(?:(?<=[:=>])|(?<=--[A-Za-z-]{2,40} )|${assigned}|${named})[:=]?>?[ \t]{0,20}(?:\[\s{0,40}(?=${quote}))?(?:${quote})?`,
  );
}
