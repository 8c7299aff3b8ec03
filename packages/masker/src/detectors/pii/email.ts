import type { ShapeDetector } from "../../detection/detector.ts";
import { ALPHANUMERIC, charClass } from "../../matcher/char-class.ts";
import { trigger } from "../../matcher/trigger.ts";
import { sticky } from "../sticky.ts";
import { NOT_ESCAPE_LETTER } from "../word-start.ts";

const TYPE = "PII_EMAIL";
const MAILBOX_UNIT = charClass("A-Za-z0-9._%+-");
/** Up to the next `@` where another address is glued to it: `jane@example.com2joe@example.net`. */
const GLUED = "[A-Za-z0-9._%+-]{1,64}(?=@[A-Za-z0-9])";
const DOMAIN =
  String.raw`(?!\d{1,63}\.\d{1,63}[.-])(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,6}` +
  `[A-Za-z]{2}(?:[A-Za-z]{0,22}(?![A-Za-z0-9_])|${GLUED})`;

/** E-mail addresses. Not `git@host:path`, which is no mail box, not `package@1.2.3`, not a URL's `user:password@host`. */
export function emails(): readonly ShapeDetector[] {
  return [
    {
      kind: "shape",
      type: TYPE,
      triggers: [trigger([MAILBOX_UNIT, "@", ALPHANUMERIC])],
      start: {
        at: "run",
        of: MAILBOX_UNIT,
        max: 64 + 2,
        // The domain first, so that a URL is looked for only where there is one.
        ahead: sticky(String.raw`(?<=(?=${DOMAIN})[A-Za-z0-9])(?<!:\/\/[^\s@/"'<>]{0,128}@[A-Za-z0-9])`),
      },
      pattern: sticky(String.raw`${NOT_ESCAPE_LETTER}(?!git@)[A-Za-z0-9_%+-][A-Za-z0-9._%+-]{0,63}@${DOMAIN}`),
    },
    {
      // Where the first domain takes the second mail box: what that one leaves.
      kind: "shape",
      type: TYPE,
      triggers: [trigger(["@", ALPHANUMERIC], { before: ALPHANUMERIC })],
      start: { at: "trigger" },
      pattern: sticky(`(?<=@[A-Za-z0-9._%+-]{1,256})@${DOMAIN}`),
    },
  ];
}
