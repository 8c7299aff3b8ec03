import type { ShapeDetector } from "../../detection/detector.ts";
import { ALPHANUMERIC, charClass } from "../../matcher/char-class.ts";
import { trigger } from "../../matcher/trigger.ts";
import { sticky } from "../sticky.ts";
import { NOT_ESCAPE_LETTER } from "../word-start.ts";

const TYPE = "PII_EMAIL";
const MAILBOX_UNIT = charClass("A-Za-z0-9._%+-");
const DOMAIN = String.raw`(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,6}[A-Za-z]{2,24}(?![A-Za-z0-9_])`;
const NO_VERSION = String.raw`(?!\d+\.\d+[.-])`;

/** E-mail addresses. Not `git@host:path`, which is no mail box, not `package@1.2.3`, not a URL's `user:password@host`. */
export function emails(): readonly ShapeDetector[] {
  return [
    {
      kind: "shape",
      type: TYPE,
      triggers: [trigger([MAILBOX_UNIT, "@", ALPHANUMERIC])],
      start: { at: "run", of: MAILBOX_UNIT, max: 64 + 2 },
      pattern: sticky(
        String.raw`${NOT_ESCAPE_LETTER}(?!git@)[A-Za-z0-9_%+-][A-Za-z0-9._%+-]{0,63}@${NO_VERSION}${DOMAIN}` +
          // Last, so that only what has a domain is looked at from behind.
          String.raw`(?<!:\/\/[^\s@/"'<>]{0,128}@[A-Za-z0-9.-]{3,420})`,
      ),
    },
    {
      // In `jane@example.comjoe@example.net` the first domain takes the second mail box: this is what that one leaves.
      kind: "shape",
      type: TYPE,
      triggers: [trigger(["@", ALPHANUMERIC], { before: ALPHANUMERIC })],
      start: { at: "trigger" },
      pattern: sticky(
        String.raw`@${NO_VERSION}${DOMAIN}(?<=@[A-Za-z0-9.-]{1,256}\.[A-Za-z]{2,24}@[A-Za-z0-9.-]{3,420})`,
      ),
    },
  ];
}
