import { inspect } from "node:util";

/** Everything that a log could show of an error, with its causes and hidden properties, to look for what it must not hold. */
export function everythingShown(error: unknown): string {
  return [
    inspect(error, { depth: null, showHidden: true, getters: true }),
    JSON.stringify(error),
    String((error as Error).stack),
  ].join("\n");
}
