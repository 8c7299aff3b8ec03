import type { ShapeDetector } from "../../detection/detector.ts";
import { ALPHANUMERIC, charClass } from "../../matcher/char-class.ts";
import { trigger } from "../../matcher/trigger.ts";
import { sticky } from "../sticky.ts";
import { NOT_ESCAPE_LETTER } from "../word-start.ts";

const MAILBOX_UNIT = charClass("A-Za-z0-9._%+-");

/** E-mail addresses. Not `git@host:path`, which is no mail box, not `package@1.2.3`, not a URL's `user:password@host`. */
export function email(): ShapeDetector {
  return {
    kind: "shape",
    type: "PII_EMAIL",
    triggers: [trigger([MAILBOX_UNIT, "@", ALPHANUMERIC])],
    start: { at: "run", of: MAILBOX_UNIT, max: 64 + 2 },
    pattern: sticky(
      String.raw`${NOT_ESCAPE_LETTER}(?!git@)[A-Za-z0-9_%+-][A-Za-z0-9._%+-]{0,63}@(?!\d+\.\d+[.-])` +
        String.raw`(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,6}[A-Za-z]{2,24}` +
        // Last, so that only what has a domain is looked at from behind.
        String.raw`(?<!:\/\/[^\s@/"'<>]{0,128}@[A-Za-z0-9.-]{3,420})`,
    ),
  };
}
