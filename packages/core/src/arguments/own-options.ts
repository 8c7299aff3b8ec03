import { ConfigurationError } from "../errors/configuration-error.ts";

/**
 * A copy of what stands in `options` itself, and nothing else: what code somewhere added to the prototype of all objects
 * is no choice of the caller's.
 *
 * @param known names of all options there are: a misspelt one would be its default
 * @throws {ConfigurationError} naming `field`, for what isn't an object, or an option that isn't known
 */
export function ownOptions<Options extends object>(
  field: string,
  options: Options,
  known?: readonly (keyof Options)[],
): Options {
  if (typeof options !== "object" || options === null) throw new ConfigurationError(field, "takes an object");
  const own = Object.assign(Object.create(null) as Options, options);
  const stranger = known && Object.keys(own).find((name) => !known.includes(name as keyof Options));
  if (stranger === undefined) return own;
  const name = field === "options" ? stranger : `${field}.${stranger}`;
  throw new ConfigurationError(name, `is no option here; there are: ${known?.join(", ")}`);
}
