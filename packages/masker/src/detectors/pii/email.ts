import type { ShapeDetector } from "../../detection/detector.ts";
import { alphanumeric, charClass } from "../../matcher/char-class.ts";
import { trigger } from "../../matcher/trigger.ts";
import { sticky } from "../sticky.ts";
import { notEscapeLetter } from "../word-start.ts";

const emailType = "PII_EMAIL";
const mailboxUnit = charClass("A-Za-z0-9._%+-");
/** A mailbox that is glued to the address before it: `jane@example.com2joe@example.net`. */
const glued = "[A-Za-z0-9._%+-]{1,64}(?=@[A-Za-z0-9])";
const domain =
  String.raw`(?!\d{1,63}\.\d{1,63}[.-])(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,6}` +
  `[A-Za-z]{2}(?:[A-Za-z]{0,22}(?![A-Za-z0-9_])|${glued})`;

/** E-mail addresses, but not `git@host:path`, `package@1.2.3` or the `user:password@host` of a URL. */
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
        // The domain comes first, so that a URL is only looked for if there is one.
        ahead: sticky(String.raw`(?<=(?=${domain})[A-Za-z0-9])(?<!:\/\/[^\s@/"'<>]{0,128}@[A-Za-z0-9])`),
      },
      pattern: sticky(String.raw`${notEscapeLetter}(?!git@)[A-Za-z0-9_%+-][A-Za-z0-9._%+-]{0,63}@${domain}`),
    },
    {
      // If the first domain swallows the second mailbox, this finds the rest.
      kind: "shape",
      type: emailType,
      triggers: [trigger(["@", alphanumeric], { before: alphanumeric })],
      start: { at: "trigger" },
      pattern: sticky(`(?<=@[A-Za-z0-9._%+-]{1,256})@${domain}`),
    },
  ];
}
