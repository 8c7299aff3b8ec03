import type { ShapeDetector } from "../../detection/detector.ts";
import { charClass, digit } from "../../matcher/char-class.ts";
import { repeat } from "../../matcher/trigger.ts";
import { particle, phraseTriggers, quote } from "../context.ts";
import { sticky } from "../sticky.ts";
import { atWordStart } from "../word-start.ts";
import { isDate } from "./date.ts";
import { isKoreanBusinessNumber } from "./korean-business-number.ts";

/** A day as YYMMDD. */
const birthDate = "[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])";

const behindWord = () =>
  sticky(String.raw`(?: ?번호)?${particle} {0,2}[:=]? {0,2}\(?(?:[가-힣]{2,8} ?){0,2}(?:${quote})?`);

/** Korean resident, business, bank account, passport and licence numbers. */
export function korea(): readonly ShapeDetector[] {
  return [...residentNumbers(), ...businessNumbers(), ...documents()];
}

function residentNumbers(): readonly ShapeDetector[] {
  const day = repeat(digit, 6);
  const sex = charClass("1-8");
  return [
    {
      // The last digit isn't checked, because numbers issued since October 2020 have no check digit.
      kind: "shape",
      type: "PII_KR_RRN",
      priority: 4,
      triggers: [...atWordStart(day, "-", sex), ...atWordStart(day, " - ", sex)],
      start: { at: "trigger" },
      pattern: sticky(`(?<![0-9]-)${birthDate}(?:-| - )[1-8](?:[0-9]{6}|[*xX]{6})(?!-?[0-9])`),
    },
    {
      kind: "shape",
      type: "PII_KR_RRN",
      priority: 4,
      triggers: phraseTriggers(["주민등록번호", "주민번호", "외국인등록번호"]),
      start: { at: "after", gap: behindWord() },
      pattern: sticky(`${birthDate}[ -]?[1-8][0-9]{6}`),
    },
  ];
}

function businessNumbers(): readonly ShapeDetector[] {
  return [
    {
      kind: "shape",
      type: "PII_KR_BUSINESS_NUMBER",
      triggers: atWordStart(repeat(digit, 3), "-", repeat(digit, 2), "-", repeat(digit, 5)),
      start: { at: "trigger" },
      pattern: /(?<![0-9]-)\d{3}-\d{2}-\d{5}(?!-?[0-9])/y,
      validate: isKoreanBusinessNumber,
    },
    {
      kind: "shape",
      type: "PII_KR_BUSINESS_NUMBER",
      triggers: phraseTriggers(["사업자등록번호", "사업자번호", "사업자 등록번호"]),
      start: { at: "after", gap: behindWord() },
      pattern: /\d{10}/y,
      validate: isKoreanBusinessNumber,
    },
  ];
}

function documents(): readonly ShapeDetector[] {
  const groups = repeat(digit, 2);
  return [
    {
      kind: "shape",
      type: "PII_KR_BANK_ACCOUNT",
      confidence: "medium",
      triggers: phraseTriggers(["계좌", "은행", "뱅크", "농협", "신협", "우체국", "새마을금고"]),
      start: { at: "after", gap: behindWord() },
      pattern: /\d{2,6}-\d{2,6}-\d{2,8}(?:-\d{1,6})?(?!-?[0-9])|\d{10,14}/y,
      validate: (value) => !isDate(value),
    },
    {
      kind: "shape",
      type: "PII_PASSPORT",
      confidence: "medium",
      triggers: phraseTriggers(["여권"]),
      start: { at: "after", gap: behindWord() },
      pattern: /[A-Z]\d{8}|[A-Z]{2}\d{7}|[A-Z]\d{3}[A-Z]\d{4}/y,
    },
    {
      kind: "shape",
      type: "PII_DRIVER_LICENCE",
      triggers: atWordStart(groups, "-", groups, "-", repeat(digit, 6), "-", groups),
      start: { at: "trigger" },
      pattern: /(?<![0-9]-)(?:1[1-9]|2[0-8])-\d{2}-\d{6}-\d{2}(?!-?[0-9])/y,
    },
  ];
}
