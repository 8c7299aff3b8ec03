import type { ShapeDetector } from "../../detection/detector.ts";
import { charClass } from "../../matcher/char-class.ts";
import { repeat, trigger } from "../../matcher/trigger.ts";

/**
 * JSON Web Tokens, signed (three parts) and encrypted (five), and signed ones without their signature.
 *
 * `eyJ` is how `{"` begins in base64. Parts of a token may hold hyphens, so one that stands behind a hyphen is not looked
 * at: it would be read again for every hyphen before it.
 */
export function jsonWebTokens(): readonly ShapeDetector[] {
  return [
    {
      kind: "shape",
      type: "SECRET_JWT",
      priority: 6,
      triggers: [trigger(["eyJ", repeat(charClass("A-Za-z0-9"), 5)])],
      start: { at: "trigger" },
      pattern:
        /(?<!-)eyJ[A-Za-z0-9_-]{10,4000}\.(?:eyJ)?[A-Za-z0-9_-]{10,16000}(?:\.[A-Za-z0-9_-]{0,16000}){0,3}(?<!\.)/y,
    },
  ];
}
