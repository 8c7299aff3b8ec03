import { ConfigurationError } from "./errors/configuration-error.ts";

/**
 * A copy of what stands in `options` itself, and nothing else: what code somewhere added to the prototype of all objects
 * is no choice of the caller's.
 *
 * @throws {ConfigurationError} naming `field`, for what isn't an object
 */
export function ownOptions<Options extends object>(field: string, options: Options): Options {
  if (typeof options !== "object" || options === null) throw new ConfigurationError(field, "takes an object");
  return Object.assign(Object.create(null) as Options, options);
}
