import type { ShapeDetector } from "../../detection/detector.ts";
import { alphanumeric, charClass } from "../../matcher/char-class.ts";
import { trigger } from "../../matcher/trigger.ts";
import { sticky } from "../sticky.ts";
import { notEscapeLetter } from "../word-start.ts";

const emailType = "PII_EMAIL";
const mailboxUnit = charClass("A-Za-z0-9._%+-");
/** Up to the next `@` where another address is glued to it: `jane@example.com2joe@example.net`. */
const glued = "[A-Za-z0-9._%+-]{1,64}(?=@[A-Za-z0-9])";
const domain =
  String.raw`(?!\d{1,63}\.\d{1,63}[.-])(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,6}` +
  `[A-Za-z]{2}(?:[A-Za-z]{0,22}(?![A-Za-z0-9_])|${glued})`;

/** E-mail addresses. Not `git@host:path`, which is no mail box, not `package@1.2.3`, not a URL's `user:password@host`. */
export function emails(): readonly ShapeDetector[] {
  return [
    {
      kind: "shape",
      type: emailType,
      triggers: [trigger([mailboxUnit, "@", alphanumeric])],
      start: {
        at: "run",
        of: mailboxUnit,
        max: 64 + 2,
        // The domain first, so that a URL is looked for only where there is one.
        ahead: sticky(String.raw`(?<=(?=${domain})[A-Za-z0-9])(?<!:\/\/[^\s@/"'<>]{0,128}@[A-Za-z0-9])`),
      },
      pattern: sticky(String.raw`${notEscapeLetter}(?!git@)[A-Za-z0-9_%+-][A-Za-z0-9._%+-]{0,63}@${domain}`),
    },
    {
      // Where the first domain takes the second mail box: what that one leaves.
      kind: "shape",
      type: emailType,
      triggers: [trigger(["@", alphanumeric], { before: alphanumeric })],
      start: { at: "trigger" },
      pattern: sticky(`(?<=@[A-Za-z0-9._%+-]{1,256})@${domain}`),
    },
  ];
}
