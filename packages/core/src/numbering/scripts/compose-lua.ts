import clock from "./fragments/foundation/clock.lua";
import server from "./fragments/foundation/server.lua";
import values from "./fragments/foundation/values.lua";
import entries from "./fragments/mappings/entries.lua";
import knownEntries from "./fragments/mappings/known-entries.lua";
import newNumbers from "./fragments/mappings/new-numbers.lua";
import records from "./fragments/mappings/records.lua";
import removeMappings from "./fragments/mappings/remove-mappings.lua";
import generations from "./fragments/scope/generations.lua";
import guard from "./fragments/scope/guard.lua";
import highest from "./fragments/scope/highest.lua";
import indexes from "./fragments/scope/indexes.lua";
import life from "./fragments/scope/life.lua";
import openGeneration from "./fragments/scope/open-generation.lua";
import witnesses from "./fragments/scope/witnesses.lua";

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
 * Puts the text of a script together: the clock and the values, then the named fragments, then the script's own part. A
 * fragment may use those before it, so the order of the names matters.
 */
/* @__NO_SIDE_EFFECTS__ */
export function composeLua(main: string, ...names: readonly (keyof typeof fragments)[]): string {
  return [clock, values, ...names.map((name) => fragments[name]), main].join("");
}

/** Does the same for a script that works on a scope, so takes its three keys and begins by reading the generations. */
/* @__NO_SIDE_EFFECTS__ */
export function composeScopeLua(main: string, ...names: readonly (keyof typeof fragments)[]): string {
  return [clock, values, generations, ...names.map((name) => fragments[name]), main].join("");
}
