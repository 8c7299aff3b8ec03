import { inspect } from "node:util";

/** All that a log could show of an error, with causes and hidden properties: what it must not hold, it holds nowhere. */
export function everythingShown(error: unknown): string {
  return [
    inspect(error, { depth: null, showHidden: true, getters: true }),
    JSON.stringify(error),
    String((error as Error).stack),
  ].join("\n");
}
