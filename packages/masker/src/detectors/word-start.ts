import { type CharClass, charClass, notWord } from "../matcher/char-class.ts";
import { type StepLike, type Trigger, trigger } from "../matcher/trigger.ts";

/** The letters of escapes for white space. The rarer ones are also hex digits, and not worth including. */
const escapeLetter = charClass("nrt");

/**
 * `steps` at the start of a word: after anything but a word character, or after an escape such as `\n`.
 *
 * There are two triggers, because the letter of an escape in JSON source is a word character that belongs to the backslash
 * before it.
 */
export function atWordStart(...steps: readonly StepLike[]): readonly [Trigger, Trigger] {
  return atStartAfter(notWord, ...steps);
}

/** Like {@link atWordStart}, but after a narrower class, for runs that may contain punctuation. */
export function atStartAfter(before: CharClass, ...steps: readonly StepLike[]): readonly [Trigger, Trigger] {
  const escaped = trigger(["\\", escapeLetter, ...steps]);
  return [trigger(steps, { before }), { ...escaped, lead: 2 }];
}

/**
 * The source of a look-behind that keeps a pattern from starting at the letter of an escape. A walk back through a run of
 * letters doesn't see the backslash, and would read `\nuser@example.com` as a mailbox named `nuser`.
 */
export const notEscapeLetter = String.raw`(?<!\\(?=[nrt]))`;

/**
 * The source of a look-behind that rejects ASCII word characters, except the letter of an escape. It is for values that
 * begin with punctuation, where the rule for the edges of words doesn't help.
 */
export const noWordBefore = String.raw`(?<![A-Za-z0-9_](?<!\\[nrt]))`;
