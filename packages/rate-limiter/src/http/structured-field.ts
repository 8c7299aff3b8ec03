import { ConfigurationError } from "@keyward/core";

/** The largest Integer of RFC 9651: 15 digits. */
const most = 999_999_999_999_999;

/**
 * Writes a String of RFC 9651.
 *
 * @throws {ConfigurationError} for text that isn't printable ASCII, which a String can't hold.
 */
export function fieldString(field: string, text: string): string {
  if (!/^[ -~]*$/.test(text))
    throw new ConfigurationError(field, "must be printable ASCII, because it is sent in a header");
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}

/** An Integer of RFC 9651: rounded up, and kept between 0 and the largest one. NaN becomes 0, which asks for nothing. */
export function fieldInteger(value: number): number {
  return Math.min(Math.max(0, Math.ceil(value)) || 0, most);
}
