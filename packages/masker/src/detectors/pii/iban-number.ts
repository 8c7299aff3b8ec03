import type { ShapeDetector } from "../../detection/detector.ts";
import { charClass, digit, upperOrDigit } from "../../matcher/char-class.ts";
import { repeat } from "../../matcher/trigger.ts";
import { sticky } from "../sticky.ts";
import { atWordStart } from "../word-start.ts";
import { ibanPattern, passesMod97 } from "./iban.ts";

const upper = charClass("A-Z");

/** International bank account numbers, with or without spaces. */
export function ibanNumber(): ShapeDetector {
  const begin = [repeat(upper, 2), repeat(digit, 2)];
  return {
    kind: "shape",
    type: "PII_IBAN",
    triggers: [
      ...atWordStart(...begin, repeat(upperOrDigit, 8)),
      ...atWordStart(...begin, " ", repeat(upperOrDigit, 4), " "),
    ],
    start: { at: "trigger" },
    pattern: sticky(`(?:${ibanPattern})`),
    validate: passesMod97,
  };
}
