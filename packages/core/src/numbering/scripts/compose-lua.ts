import clock from "./fragments/clock.lua";
import entries from "./fragments/entries.lua";
import generations from "./fragments/generations.lua";
import guard from "./fragments/guard.lua";
import highest from "./fragments/highest.lua";
import indexes from "./fragments/indexes.lua";
import knownEntries from "./fragments/known-entries.lua";
import life from "./fragments/life.lua";
import newNumbers from "./fragments/new-numbers.lua";
import openGeneration from "./fragments/open-generation.lua";
import records from "./fragments/records.lua";
import removeMappings from "./fragments/remove-mappings.lua";
import server from "./fragments/server.lua";
import values from "./fragments/values.lua";
import witnesses from "./fragments/witnesses.lua";

const fragments = {
  entries,
  guard,
  highest,
  indexes,
  knownEntries,
  life,
  newNumbers,
  openGeneration,
  records,
  removeMappings,
  server,
  witnesses,
} as const;

/**
 * A script's whole text: the clock and the values, the fragments it names in the order of naming, then its own part.
 * A fragment may use those before it.
 */
/* @__NO_SIDE_EFFECTS__ */
export function composeLua(main: string, ...names: readonly (keyof typeof fragments)[]): string {
  return [clock, values, ...names.map((name) => fragments[name]), main].join("");
}

/** As {@link composeLua}, for the scripts of a scope, whose three keys are counters and generations a and b. */
/* @__NO_SIDE_EFFECTS__ */
export function composeScopeLua(main: string, ...names: readonly (keyof typeof fragments)[]): string {
  return [clock, values, generations, ...names.map((name) => fragments[name]), main].join("");
}

/** The keys of such a script, in order. */
export const scopeKeys = ["counters", "generation a", "generation b"] as const;
