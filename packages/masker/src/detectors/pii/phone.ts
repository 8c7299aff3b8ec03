import type { ShapeDetector } from "../../detection/detector.ts";
import { charClass, digit } from "../../matcher/char-class.ts";
import { repeat, type Trigger, trigger } from "../../matcher/trigger.ts";
import { keyTriggers, particle, phraseTriggers, quote } from "../context.ts";
import { sticky } from "../sticky.ts";
import { atWordStart, noWordBefore } from "../word-start.ts";
import { isDate } from "./date.ts";

/** One type for all notations, so that an app can treat numbers from everywhere alike. */
const phoneType = "PII_PHONE";
const noMoreDigits = String.raw`(?![-.]?[0-9])`;
const noDigitBefore = String.raw`(?<![0-9][-./:]?)`;

/**
 * The usual groupings after a plus sign. Any digits with separators would be too much, because the next number on the line
 * is often only a space away.
 */
const international = [
  // +33 6 12 34 56 78, +7 916 123-45-67
  String.raw`[1-9][0-9]{0,2}[ .-](?:[0-9]{1,3}[ .-]){1,2}[0-9]{2}(?:[ .-][0-9]{2}){1,3}`,
  // +82 10-1234-5678, +1 (415) 555-0123, +44 20 7946 0958
  String.raw`[1-9][0-9]{0,2}[ .-]?(?:\([0-9]{1,4}\)[ .-]?)?[0-9]{1,5}[ .-][0-9]{3,5}(?:[ .-][0-9]{3,5})?`,
  // +49 30 12345678, +82-1012345678
  String.raw`[1-9][0-9]{0,2}[ .-]?(?:\([0-9]{1,4}\)[ .-]?|[0-9]{1,5}[ .-])?[0-9]{5,11}`,
  "[1-9][0-9]{7,14}",
].join("|");

function phone(triggers: readonly Trigger[], source: string, validate?: (value: string) => boolean): ShapeDetector {
  return {
    kind: "shape",
    type: phoneType,
    confidence: "medium",
    triggers,
    start: { at: "trigger" },
    pattern: sticky(source),
    ...(validate === undefined ? {} : { validate }),
  };
}

/** International numbers (`+82 10-1234-5678`), and numbers after a word such as `phone:`. */
export function internationalPhones(): readonly ShapeDetector[] {
  const unit = charClass("0-9 .()-");
  const context = String.raw`\+?\(?[0-9](?:(?:[ .-]|\) ?)?[0-9]){6,14}${noMoreDigits}`;
  return [
    phone(
      [trigger(["+", charClass("1-9"), repeat(unit, 5)])],
      String.raw`${noWordBefore}(?<![+/])\+(?:${international})${noMoreDigits}`,
      isInternational,
    ),
    {
      ...phone([], context, (value) => !isDate(value)),
      triggers: keyTriggers(["phone", "phone_number", "phonenumber", "mobile", "telephone", "tel", "fax", "cell"]),
      start: {
        at: "after",
        gap: sticky(String.raw`(?:number |no\.? )?(?:${quote}|["'\x60])?[ \t]{0,8}(?:[:=]|is)?[ \t]{0,4}(?:${quote})?`),
      },
    },
  ];
}

/** Numbers of the United States and Canada: `(415) 555-0123`, `415-555-0123`, `1-800-555-0199`. */
export function northAmericanPhones(): readonly ShapeDetector[] {
  const lead = charClass("2-9");
  const three = [lead, digit, digit];
  const separator = charClass("-.");
  const number = String.raw`[2-9][0-9]{2}[-. ]?[0-9]{4}`;
  return [
    phone([trigger(["(", ...three, ")"])], String.raw`${noWordBefore}\([2-9][0-9]{2}\)[-. ]?${number}${noMoreDigits}`),
    phone(
      atWordStart(...three, separator, ...three, separator, repeat(digit, 4)),
      String.raw`${noDigitBefore}[2-9][0-9]{2}([-.])[2-9][0-9]{2}\1[0-9]{4}${noMoreDigits}`,
    ),
    phone(
      atWordStart("1", separator, ...three, separator, ...three, separator),
      String.raw`${noDigitBefore}1([-.])[2-9][0-9]{2}\1[2-9][0-9]{2}\1[0-9]{4}${noMoreDigits}`,
    ),
  ];
}

/** Korean mobile and landline numbers, with hyphens, dots, spaces or (mobiles) nothing between the groups. */
export function koreanPhones(): readonly ShapeDetector[] {
  const mobile = ["01", charClass("016789")];
  const separator = charClass("-. )");
  const words = ["전화번호", "전화", "연락처", "휴대폰", "핸드폰", "휴대전화", "팩스"];
  return [
    phone(
      [...atWordStart(...mobile, separator, repeat(digit, 3)), ...atWordStart(...mobile, repeat(digit, 7))],
      String.raw`${noDigitBefore}01[016789](?:([-. ])[0-9]{3,4}\1[0-9]{4}|[0-9]{7,8})${noMoreDigits}`,
    ),
    phone(
      [1, 2, 3].flatMap((digits) => atWordStart("0", repeat(digit, digits), charClass("-)"), repeat(digit, 3))),
      String.raw`${noDigitBefore}0(?:2|[3-6][1-5]|70|80|50[2-9]?)(?:-|\) ?)[0-9]{3,4}-[0-9]{4}(?!-?[0-9A-Za-z])`,
    ),
    {
      ...phone([], String.raw`\+?\(?[0-9](?:[ .()-]{0,2}[0-9]){6,12}${noMoreDigits}`, (value) => !isDate(value)),
      triggers: phraseTriggers(words),
      start: { at: "after", gap: sticky(`${particle} {0,2}[:=]? {0,2}(?:${quote})?`) },
    },
  ];
}

const digitsOf = (value: string): string => value.replace(/\D/g, "");

function isInternational(value: string): boolean {
  const digits = digitsOf(value);
  return digits.length >= 8 && digits.length <= 15 && !isDate(value.slice(1));
}
