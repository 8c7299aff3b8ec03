import type { ShapeDetector } from "../../detection/detector.ts";
import { charClass, notIn } from "../../matcher/char-class.ts";
import { repeat, trigger } from "../../matcher/trigger.ts";
import { isPlaceholder } from "./placeholder.ts";

/** The characters of a user name in a URL, which ends at the colon. */
const userUnit = notIn(charClass(" \t\r\n:@/\"'<>?#\\"));

/**
 * Passwords in URLs: `postgres://app:hunter2@db/orders`.
 *
 * The value is only the password, with the same type as an assigned one. So it has the same token here as in
 * `DB_PASSWORD=hunter2`, and the masked URL still shows which user connects to which database. A password may contain `@`; it
 * ends before the last one.
 */
export function urlPasswords(): readonly ShapeDetector[] {
  return [
    {
      kind: "shape",
      type: "SECRET_PASSWORD",
      priority: 2,
      triggers: [trigger(["://", repeat(userUnit, 0, 40), ":"])],
      start: { at: "after", gap: /(?:)/y },
      pattern: /(?![0-9]{1,5}(?:[/?#\s]|$))[^\s"'<>/\\]{1,256}(?=@[A-Za-z0-9[_$-])/y,
      edges: "free",
      validate: (value) => !isPlaceholder(value),
    },
  ];
}
