import type { ShapeDetector } from "../../detection/detector.ts";
import { digit } from "../../matcher/char-class.ts";
import { repeat } from "../../matcher/trigger.ts";
import { keyTriggers, quote } from "../context.ts";
import { sticky } from "../sticky.ts";
import { atWordStart } from "../word-start.ts";

const behindWord = () =>
  sticky(String.raw`(?:#|no\.?|number|id|is| ){0,3}(?:${quote}|["'\x60])?[ \t]{0,8}[:=#]?[ \t]{0,4}(?:${quote})?`, "i");

/** Social security numbers by their rules, and passports and driver's licences by the words before them. */
export function unitedStates(): readonly ShapeDetector[] {
  return [
    {
      kind: "shape",
      type: "PII_US_SSN",
      triggers: atWordStart(repeat(digit, 3), "-", repeat(digit, 2), "-", repeat(digit, 4)),
      start: { at: "trigger" },
      pattern: /(?<![0-9]-)(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?!-?[0-9])/y,
    },
    {
      kind: "shape",
      type: "PII_US_SSN",
      triggers: keyTriggers(["ssn", "social security number", "social_security_number", "socialsecuritynumber"]),
      start: { at: "after", gap: behindWord() },
      pattern: /(?!000|666|9)\d{3}[ -]?(?!00)\d{2}[ -]?(?!0000)\d{4}/y,
    },
    {
      kind: "shape",
      type: "PII_PASSPORT",
      confidence: "medium",
      triggers: keyTriggers(["passport", "passport_number", "passportnumber", "passport_no"]),
      start: { at: "after", gap: behindWord() },
      pattern: /[A-Z]\d{8}|[A-Z]\d{3}[A-Z]\d{4}|[A-Z]{2}\d{7}|\d{9}/y,
    },
    {
      kind: "shape",
      type: "PII_DRIVER_LICENCE",
      confidence: "medium",
      triggers: keyTriggers([
        ...["driver license", "driver's license", "drivers license", "driving licence", "driver_license"],
        ...["driverlicense", "driver's licence", "license number", "licence number", "license no", "dl no"],
      ]),
      start: { at: "after", gap: behindWord() },
      pattern: /[A-Z]{1,2}[ -]?\d{3}[ -]?\d{3,4}[ -]?\d{0,6}(?<!-| )|\d{7,9}/y,
    },
  ];
}
