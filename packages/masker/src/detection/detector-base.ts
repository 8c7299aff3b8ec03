import { ConfigurationError } from "@keyward/core";
import { jsonTypes } from "../json/json-types.ts";
import { isTokenType } from "../tokens/token-type.ts";

const confidences: readonly unknown[] = ["low", "medium", "high"];

/**
 * Checks the fields that all kinds of detectors have, because not every caller uses TypeScript.
 *
 * @param path what comes before a field's name in a message, such as `detectors[0].`
 * @throws {ConfigurationError} naming the field at fault.
 */
export function checkDetectorBase(
  path: string,
  base: { readonly type: unknown; readonly priority: unknown; readonly confidence: unknown },
): void {
  if (typeof base.type !== "string" || !isTokenType(base.type)) {
    throw new ConfigurationError(
      `${path}type`,
      'takes at least two parts of capital letters and digits, each with a letter, such as "CORP_PROJECT"',
    );
  }
  if (jsonTypes.has(base.type)) {
    throw new ConfigurationError(`${path}type`, `${base.type} is a type that maskJson uses itself; choose another one`);
  }
  if (!Number.isFinite(base.priority)) throw new ConfigurationError(`${path}priority`, "must be a number");
  if (!confidences.includes(base.confidence)) {
    throw new ConfigurationError(`${path}confidence`, 'must be "low", "medium" or "high"');
  }
}
