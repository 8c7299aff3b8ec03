import type { ShapeDetector } from "../../detection/detector.ts";
import { anyCase, trigger } from "../../matcher/trigger.ts";
import { PARTICLE, phraseTriggers, QUOTE } from "../context.ts";
import { sticky } from "../sticky.ts";

/** Twelve digits, or the three groups of four that the console shows. */
const ACCOUNT_ID = /\d{12}(?!-\d)|\d{4}-\d{4}-\d{4}(?!-\d)/y;

const KEYS = ["account", "ownerid", "owner_id", "owner-id", "requesterid", "payerid", "aws id"];

/** Account ids: without a word that says so, twelve digits are anything. */
export function accounts(): readonly ShapeDetector[] {
  const noun = String.raw`s?[ _-]?(?:ids?|numbers?|no\.?|nr\.?)?`;
  const separator = String.raw`(?:${QUOTE}|["'\x60])?[ \t]{0,40}(?:[:=#>]{1,2}|is|was|=>)?[ \t]{0,4}[\[(]?(?:${QUOTE})?`;
  const shared = { kind: "shape", type: "AWS_ACCOUNT", priority: 2, pattern: ACCOUNT_ID } as const;
  return [
    {
      ...shared,
      // Whom a security group or a grant refers to is an account too: "UserId".
      triggers: [...KEYS.map((key) => trigger([anyCase(key)])), trigger('"UserId')],
      start: { at: "after", gap: sticky(noun + separator, "i") },
    },
    {
      ...shared,
      triggers: phraseTriggers(["계정"]),
      start: {
        at: "after",
        gap: sticky(String.raw` ?(?:ID|아이디|번호)?${PARTICLE} {0,2}[:=(]? {0,2}(?:${QUOTE})?`, "i"),
      },
    },
  ];
}
