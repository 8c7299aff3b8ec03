import type { ShapeDetector } from "../../detection/detector.ts";
import { anyCase, trigger } from "../../matcher/trigger.ts";
import { particle, phraseTriggers, quote } from "../context.ts";
import { sticky } from "../sticky.ts";

/** Twelve digits, or the three groups of four that the console shows. */
const accountId = /\d{12}(?!-\d)|\d{4}-\d{4}-\d{4}(?!-\d)/y;

const keys = ["account", "ownerid", "owner_id", "owner-id", "requesterid", "payerid", "aws id"];

/** Account ids. They need a word that says so, because twelve digits alone can be anything. */
export function accounts(): readonly ShapeDetector[] {
  const noun = String.raw`s?[ _-]?(?:ids?|numbers?|no\.?|nr\.?)?`;
  const separator = String.raw`(?:${quote}|["'\x60])?[ \t]{0,40}(?:[:=#>]{1,2}|is|was|=>)?[ \t]{0,4}[\[(]?(?:${quote})?`;
  const shared = { kind: "shape", type: "AWS_ACCOUNT", priority: 2, pattern: accountId } as const;
  return [
    {
      ...shared,
      // The "UserId" that a security group or a grant refers to is an account too.
      triggers: [...keys.map((key) => trigger([anyCase(key)])), trigger('"UserId')],
      start: { at: "after", gap: sticky(noun + separator, "i") },
    },
    {
      ...shared,
      triggers: phraseTriggers(["계정"]),
      start: {
        at: "after",
        gap: sticky(String.raw` ?(?:ID|아이디|번호)?${particle} {0,2}[:=(]? {0,2}(?:${quote})?`, "i"),
      },
    },
  ];
}
