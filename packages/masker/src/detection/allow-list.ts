import { ConfigurationError } from "@keyward/core";
import { checkPatternIsTame } from "./pattern-check.ts";

/** Patterns aren't tried on longer values, because their time may grow with the square of the length or faster. */
const maxMatchedLength = 1_024;

/**
 * A value that is left as it is. A string allows exactly this value, and a pattern allows every value that it matches
 * somewhere. A pattern never allows a value of more than 1,024 characters.
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
      // With `g` or `y`, `test` would go on where it last stopped.
      patterns.push(new RegExp(rule.source, rule.flags.replace(/[gy]/g, "")));
    } else {
      throw new ConfigurationError(field, "must be a string or a regular expression");
    }
  });
  return (value) =>
    exact.has(value) || (value.length <= maxMatchedLength && patterns.some((pattern) => pattern.test(value)));
}
