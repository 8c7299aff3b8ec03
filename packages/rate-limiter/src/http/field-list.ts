import { ConfigurationError } from "@keyward/core";

/** A string and integers beside it, such as `"minute";q=10;w=60`. A parameter that is undefined is left out. */
export interface FieldItem {
  readonly name: string;
  readonly parameters: Readonly<Record<string, number | undefined>>;
}

/** The largest integer of a structured field: 15 digits. */
const most = 999_999_999_999_999;

/**
 * A List of Strings with Integer parameters as RFC 9651 writes it. Numbers are rounded up, and held between 0 and what the format can say.
 *
 * @throws {ConfigurationError} for a name that isn't printable ASCII, which no String can hold.
 */
export function fieldList(items: readonly FieldItem[]): string {
  return items.map(fieldItem).join(", ");
}

function fieldItem({ name, parameters }: FieldItem): string {
  if (!/^[ -~]*$/.test(name))
    throw new ConfigurationError("windows.name", "must be printable ASCII to go into a header");
  let text = `"${name.replace(/[\\"]/g, "\\$&")}"`;
  for (const [key, value] of Object.entries(parameters)) {
    if (value !== undefined) text += `;${key}=${fieldInteger(value)}`;
  }
  return text;
}

/** As {@link fieldList} writes a number. What isn't one is 0: a client that believes it asks less. */
export function fieldInteger(value: number): number {
  return Math.min(Math.max(0, Math.ceil(value)) || 0, most);
}
