import { type CharClass, charClass, notWord } from "../matcher/char-class.ts";
import { type StepLike, type Trigger, trigger } from "../matcher/trigger.ts";

/** The letters of the escapes that stand for white space. The rarer ones are hex digits too, and not worth it. */
const escapeLetter = charClass("nrt");

/**
 * `steps` where a word starts: behind anything but a word character, or behind an escape such as `\n`.
 *
 * Two triggers, because in the source of a JSON string the letter of the escape is a word character that belongs to the
 * backslash before it.
 */
export function atWordStart(...steps: readonly StepLike[]): readonly [Trigger, Trigger] {
  return atStartAfter(notWord, ...steps);
}

/** As {@link atWordStart}, behind a narrower class: where a run starts that may hold punctuation. */
export function atStartAfter(before: CharClass, ...steps: readonly StepLike[]): readonly [Trigger, Trigger] {
  const escaped = trigger(["\\", escapeLetter, ...steps]);
  return [trigger(steps, { before }), { ...escaped, lead: 2 }];
}

/**
 * The source of a look-behind that keeps a pattern from starting at the letter of an escape. A walk back through a run
 * of letters doesn't see the backslash, so `\nuser@example.com` would be read as a mail box named `nuser`.
 */
export const notEscapeLetter = String.raw`(?<!\\(?=[nrt]))`;

/**
 * The source of a look-behind: no ASCII word character, but for the letter of an escape. For values that begin with
 * punctuation, where the edges of a word say nothing.
 */
export const noWordBefore = String.raw`(?<![A-Za-z0-9_](?<!\\[nrt]))`;
