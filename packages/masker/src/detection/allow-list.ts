import { ConfigurationError } from "@keyward/core";
import { checkPatternIsTame } from "./pattern-check.ts";

/** Patterns aren't asked about longer values: their time may grow with the square of the length, or worse. */
const maxMatchedLength = 1_024;

/**
 * A value that stays as it is: exactly this text, or whatever a pattern matches in the value. A pattern never matches a
 * value of more than 1,024 characters.
 */
export type AllowRule = string | RegExp;

/** @returns whether a value is on the list */
export function compileAllowList(rules: readonly AllowRule[]): (value: string) => boolean {
  const exact = new Set<string>();
  const patterns: RegExp[] = [];
  rules.forEach((rule, index) => {
    const field = `allow[${index}]`;
    if (typeof rule === "string") {
      exact.add(rule);
    } else if (rule instanceof RegExp) {
      checkPatternIsTame(field, rule);
      // Without `g` and `y`, which make `test` remember where it was.
      patterns.push(new RegExp(rule.source, rule.flags.replace(/[gy]/g, "")));
    } else {
      throw new ConfigurationError(field, "a rule is a string or a regular expression");
    }
  });
  return (value) =>
    exact.has(value) || (value.length <= maxMatchedLength && patterns.some((pattern) => pattern.test(value)));
}
