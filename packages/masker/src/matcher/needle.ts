import type { Trigger } from "./trigger.ts";

/** Something that the automaton looks for: a trigger or an exact term. */
export type Needle =
  | { readonly trigger: Trigger }
  | { readonly term: string; readonly case: "sensitive" | "insensitive" };

/** The code units that match the one at `index`: itself, or both of its cases. */
export function unitsAt(term: string, index: number, mode: "sensitive" | "insensitive"): readonly number[] {
  const unit = term.charCodeAt(index);
  if (mode === "sensitive") return [unit];
  const character = term.charAt(index);
  const variants = [character, character.toLowerCase(), character.toUpperCase()];
  return [...new Set(variants.filter((variant) => variant.length === 1).map((variant) => variant.charCodeAt(0)))];
}
