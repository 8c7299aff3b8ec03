import { charClass } from "../matcher/char-class.ts";
import { anyCase, repeat, type StepLike, type Trigger, trigger } from "../matcher/trigger.ts";
import { sealMark } from "../sealed-tokens/seal-layout.ts";

const separator = charClass("_\\ -");

/** What a number or a seal begins with. */
const numberOrSeal = charClass(`0-9${sealMark}${sealMark.toLowerCase()}`);

/**
 * Shapes that notice anything the token reader might take for a token, exact or lenient: each type in any case, its
 * parts and the first digit, or a seal's mark, held together by up to two separators.
 */
export function lookAlikeTriggers(types: Iterable<string>): Trigger[] {
  return Array.from(types, (type) => {
    const steps: StepLike[] = type.split("_").flatMap((part) => [anyCase(part), repeat(separator, 1, 2)]);
    return trigger([...steps, numberOrSeal]);
  });
}
