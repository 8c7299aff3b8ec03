import { ConfigurationError } from "@keyward/core";

/** The largest Integer: 15 digits. */
const most = 999_999_999_999_999;

/**
 * A String as RFC 9651 writes it.
 *
 * @throws {ConfigurationError} for text that isn't printable ASCII, which no String can hold.
 */
export function fieldString(field: string, text: string): string {
  if (!/^[ -~]*$/.test(text)) throw new ConfigurationError(field, "must be printable ASCII to go into a header");
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}

/** An Integer of RFC 9651: rounded up, and held between 0 and what it can be. What isn't a number is 0, which asks for nothing. */
export function fieldInteger(value: number): number {
  return Math.min(Math.max(0, Math.ceil(value)) || 0, most);
}
