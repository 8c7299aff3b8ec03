import type { ShapeDetector } from "../../detection/detector.ts";
import { trigger } from "../../matcher/trigger.ts";

/**
 * Private keys from the first line to the last, in PEM, in the armour of OpenSSH and PGP, and in PuTTY's format.
 *
 * Lines may be separated by line breaks, by `\n` as in JSON, or not at all. A key that was cut off is masked as far as it
 * goes, so the last line is optional. Headers (`Proc-Type: 4,ENCRYPTED`) only come before the body.
 */
export function privateKeys(): readonly ShapeDetector[] {
  return [
    {
      kind: "shape",
      type: "SECRET_PRIVATE_KEY",
      priority: 30,
      triggers: [trigger("-----BEGIN ")],
      start: { at: "trigger" },
      edges: "free",
      pattern:
        /-----BEGIN (?:[A-Z0-9]{2,10} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:(?:\s|\\{1,4}[nr]){1,4}[A-Za-z-]{3,20}: [^\r\n\\]{1,100}){0,4}(?:[A-Za-z0-9+/=\s]|\\{1,4}[nr]){16,20000}(?:-----END (?:[A-Z0-9]{2,10} ){0,3}PRIVATE KEY(?: BLOCK)?-----)?/y,
    },
    {
      kind: "shape",
      type: "SECRET_PRIVATE_KEY",
      triggers: [trigger("Private-Lines: ")],
      start: { at: "after", gap: /\d{1,3}(?:\r?\n|\\{1,2}n)/y },
      pattern: /(?:[A-Za-z0-9+/=]{16,76}(?:\r?\n|\\{1,2}n)){1,60}/y,
    },
  ];
}
