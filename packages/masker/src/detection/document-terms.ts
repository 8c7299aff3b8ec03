import type { CodeUnits } from "../matcher/code-units.ts";
import { findTerms } from "../matcher/term-finder.ts";
import type { Candidate, Finding } from "./finding.ts";

/**
 * The other places of every value that was found, outside of the findings: a password found after `password=` is one
 * where it stands alone too, and a value that a detector passes over because of the word it is part of must not stay
 * visible in that word.
 */
export function findElsewhere(
  units: CodeUnits,
  candidates: readonly Candidate[],
  findings: readonly Finding[],
): Candidate[] {
  const sources = candidates.filter(({ everywhere }) => !everywhere);
  return findTerms(units, sources, findings).map(({ term, start, end }) => {
    const { type, confidence, priority, everywhere } = sources[term]!;
    return { type, confidence, priority, everywhere, start, end };
  });
}
