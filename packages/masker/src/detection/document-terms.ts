import type { CodeUnits } from "../matcher/code-units.ts";
import { findTerms } from "../matcher/term-finder.ts";
import type { Candidate, Finding } from "./finding.ts";

/**
 * The other places of every value that was found, outside of the findings: a password found after `password=` is one
 * where it stands alone too, and a value that a detector passes over because of the word it is part of must not stay
 * visible in that word.
 */
export function findElsewhere(
  text: string,
  units: CodeUnits,
  candidates: readonly Candidate[],
  findings: readonly Finding[],
): Candidate[] {
  const bestByValue = new Map<string, Candidate>();
  for (const candidate of candidates) {
    if (candidate.everywhere) continue;
    const value = text.slice(candidate.start, candidate.end);
    const known = bestByValue.get(value);
    if (known === undefined || candidate.priority > known.priority) bestByValue.set(value, candidate);
  }
  const sources = [...bestByValue.values()];
  return findTerms(text, units, [...bestByValue.keys()], findings).map(({ term, start, end }) => {
    const { type, confidence, priority, everywhere } = sources[term]!;
    return { type, confidence, priority, everywhere, start, end };
  });
}
