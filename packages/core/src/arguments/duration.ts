import { ConfigurationError } from "../errors/configuration-error.ts";

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds, or a number with its unit: `"500ms"`, `"30s"`, `"1.5m"`, `"2h"`, `"30d"`. */
export type Duration = number | `${number}${keyof typeof unitMs}`;

/**
 * The duration in milliseconds: a whole number above 0.
 *
 * @throws {ConfigurationError} naming `field`, for anything but a whole number of milliseconds, at least one.
 */
export function parseDuration(field: string, value: Duration): number {
  const milliseconds = typeof value === "string" ? readText(value) : value;
  if (!Number.isSafeInteger(milliseconds) || milliseconds < 1) {
    throw new ConfigurationError(
      field,
      'must be a duration such as "500ms", "30s" or "2h", or a whole number of milliseconds above 0',
    );
  }
  return milliseconds;
}

function readText(text: string): number {
  const [, whole, fraction = "", unit] = /^(\d+)(?:\.(\d+))?(ms|s|m|h|d)$/.exec(text) ?? [];
  const size = unitMs[unit as keyof typeof unitMs] ?? Number.NaN;
  // The fraction is multiplied as an integer, since 1.005 * 1000 is 1004.99.
  return Number(whole) * size + (Number(fraction) * size) / 10 ** fraction.length;
}
