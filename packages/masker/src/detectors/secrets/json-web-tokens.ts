import type { ShapeDetector } from "../../detection/detector.ts";
import { charClass } from "../../matcher/char-class.ts";
import { repeat, trigger } from "../../matcher/trigger.ts";

/**
 * JSON Web Tokens, signed (three parts) and encrypted (five), and signed ones without their signature.
 *
 * `eyJ` is the beginning of `{"` in base64. A token isn't looked for after a hyphen, because its parts may contain hyphens,
 * and it would be read again for each of them.
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
