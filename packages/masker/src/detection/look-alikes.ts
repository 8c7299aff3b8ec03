import { charClass } from "../matcher/char-class.ts";
import { anyCase, repeat, type StepLike, type Trigger, trigger } from "../matcher/trigger.ts";
import { sealMark } from "../sealed-tokens/seal-layout.ts";

const separator = charClass("_\\ -");

/** What a number or a seal can begin with. */
const numberOrSeal = charClass(`0-9${sealMark}${sealMark.toLowerCase()}`);

/**
 * Triggers that fire on anything that the token reader might take for a token, in any spelling: the parts of a type, in any
 * case, with one or two separators after each, then a digit or the mark of a seal.
 */
export function lookAlikeTriggers(types: Iterable<string>): Trigger[] {
  return Array.from(types, (type) => {
    const steps: StepLike[] = type.split("_").flatMap((part) => [anyCase(part), repeat(separator, 1, 2)]);
    return trigger([...steps, numberOrSeal]);
  });
}
