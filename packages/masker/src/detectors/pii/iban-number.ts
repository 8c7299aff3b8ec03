import type { ShapeDetector } from "../../detection/detector.ts";
import { charClass, DIGIT, UPPER_OR_DIGIT } from "../../matcher/char-class.ts";
import { repeat } from "../../matcher/trigger.ts";
import { sticky } from "../sticky.ts";
import { atWordStart } from "../word-start.ts";
import { IBAN, passesMod97 } from "./iban.ts";

const UPPER = charClass("A-Z");

/** International bank account numbers, with or without spaces. */
export function ibanNumber(): ShapeDetector {
  const begin = [repeat(UPPER, 2), repeat(DIGIT, 2)];
  return {
    kind: "shape",
    type: "PII_IBAN",
    triggers: [
      ...atWordStart(...begin, repeat(UPPER_OR_DIGIT, 8)),
      ...atWordStart(...begin, " ", repeat(UPPER_OR_DIGIT, 4), " "),
    ],
    start: { at: "trigger" },
    pattern: sticky(`(?:${IBAN})`),
    validate: passesMod97,
  };
}
