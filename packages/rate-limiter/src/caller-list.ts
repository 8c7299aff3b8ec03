import { ConfigurationError } from "@keyward/core";

/** Callers by their keys, or a function that knows them. */
export type CallerList = readonly string[] | ((key: string) => boolean);

/** @throws {ConfigurationError} for anything else, and later if the function answers anything but true or false. */
export function resolveCallerList(field: string, list: CallerList | undefined): ((key: string) => boolean) | undefined {
  if (list === undefined) return undefined;
  if (typeof list === "function") {
    return (key) => {
      const isListed: unknown = list(key);
      if (typeof isListed === "boolean") return isListed;
      throw new ConfigurationError(field, "must return true or false; a promise would count as true for everybody");
    };
  }
  if (!Array.isArray(list) || !list.every((key) => typeof key === "string")) {
    throw new ConfigurationError(
      field,
      "must be an array of keys, or a function that takes a key and returns whether it is on the list",
    );
  }
  const keys = new Set<string>(list);
  return (key) => keys.has(key);
}
