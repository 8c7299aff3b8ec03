import { ConfigurationError } from "../errors/configuration-error.ts";

/**
 * A copy of the options' own properties. Whatever some code has added to `Object.prototype` isn't the caller's choice.
 *
 * @param known the names of all options there are; without this check a misspelt option would silently have its default
 * @throws {ConfigurationError} naming `field`, for anything but an object, and for an unknown option
 */
export function ownOptions<Options extends object>(
  field: string,
  options: Options,
  known?: readonly (keyof Options)[],
): Options {
  if (typeof options !== "object" || options === null) throw new ConfigurationError(field, "must be an object");
  const own = Object.assign(Object.create(null) as Options, options);
  const stranger = known && Object.keys(own).find((name) => !known.includes(name as keyof Options));
  if (stranger === undefined) return own;
  const name = field === "options" ? stranger : `${field}.${stranger}`;
  throw new ConfigurationError(name, `is not an option here; the options are ${known?.join(", ")}`);
}
