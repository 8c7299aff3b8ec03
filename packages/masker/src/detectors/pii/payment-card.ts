import type { ShapeDetector } from "../../detection/detector.ts";
import { charClass, digit } from "../../matcher/char-class.ts";
import { repeat } from "../../matcher/trigger.ts";
import { atWordStart } from "../word-start.ts";
import { passesLuhn } from "./luhn.ts";

/** The first digits and lengths of each network's card numbers. */
const networks = [
  /^4(?:\d{15}|\d{18})$/,
  /^(?:5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}$/,
  /^3[47]\d{13}$/,
  /^(?:6011\d{2}|65\d{4}|64[4-9]\d{3})\d{10,13}$/,
  /^35(?:2[89]|[3-8]\d)\d{12,15}$/,
  /^3(?:0[0-5]|[689]\d)\d{11,16}$/,
  /^62\d{14,17}$/,
  /^9[0-9]\d{14}$/,
  /^220[0-4]\d{12}$/,
  /^(?:50\d|5[6-9]\d|63\d|67\d)\d{10,16}$/,
];

const separator = charClass(" -");
const group = repeat(digit, 4);

/** Payment card numbers in groups of four, in the groups of American Express, or in one piece. */
export function paymentCard(): ShapeDetector {
  return {
    kind: "shape",
    type: "PII_PAYMENT_CARD",
    triggers: [
      ...atWordStart(group, separator, group, separator, group, separator, digit),
      ...atWordStart(charClass("3"), charClass("0-9"), digit, digit, separator, repeat(digit, 6), separator),
      ...atWordStart(charClass("2-6"), repeat(digit, 13)),
    ],
    start: { at: "trigger" },
    pattern:
      /(?<![0-9][.-])(?:\d{4}([ -])\d{4}\1\d{4}\1\d{4}|3\d{3}([ -])\d{6}\2\d{4,5}|(?<!\/)\d{14,19})(?![-.][0-9])/y,
    validate: isCardNumber,
  };
}

function isCardNumber(value: string): boolean {
  if (!passesLuhn(value)) return false;
  const digits = value.replace(/[ -]/g, "");
  // Local networks' numbers begin with a 9. They only count if they are written in groups like a card number.
  if (digits.startsWith("9") && digits === value) return false;
  return networks.some((network) => network.test(digits));
}
