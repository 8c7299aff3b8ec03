import { charClass, DIGIT } from "../matcher/char-class.ts";
import { anyCase, repeat, type StepLike, type Trigger, trigger } from "../matcher/trigger.ts";

const SEPARATOR = charClass("_\\ -");

/**
 * Shapes that notice anything the token reader might take for a token, exact or lenient: each type in any case, its
 * parts and the first digit held together by up to two separators.
 */
export function lookAlikeTriggers(types: Iterable<string>): Trigger[] {
  return Array.from(types, (type) => {
    const steps: StepLike[] = type.split("_").flatMap((part) => [anyCase(part), repeat(SEPARATOR, 1, 2)]);
    return trigger([...steps, DIGIT]);
  });
}
