import type { CodeUnits } from "../matcher/code-units.ts";
import { findTerms } from "../matcher/term-finder.ts";
import type { Candidate } from "./finding.ts";

/** The findings, and the candidates that are only a part of one: what may have to be looked for elsewhere. */
export function termsOf(candidates: readonly Candidate[], findings: readonly Candidate[]): Candidate[] {
  const terms = [...findings];
  let at = 0;
  for (const candidate of candidates) {
    while (findings[at]!.end < candidate.end) at++;
    const { label, start, end } = findings[at]!;
    if (label.everywhere || candidate.start !== start || candidate.end !== end) terms.push(candidate);
  }
  return terms;
}

/**
 * The other places of every value that was found, outside of the findings: a password found after `password=` is one
 * where it stands alone too, and a value that a detector passes over because of the word it is part of must not stay
 * visible in that word.
 *
 * @param first for each term the place of the first one of the same text
 */
export function findElsewhere(
  units: CodeUnits,
  terms: readonly Candidate[],
  first: Int32Array,
  findings: readonly Candidate[],
): Candidate[] {
  const isTaken = new Uint8Array(terms.length);
  const sources: Candidate[] = [];
  for (let place = 0; place < terms.length; place++) {
    const term = terms[place]!;
    if (term.label.everywhere || isTaken[first[place]!] === 1) continue;
    isTaken[first[place]!] = 1;
    sources.push(term);
  }
  return findTerms(units, sources, findings).map(({ term, start, end }) => ({
    label: sources[term]!.label,
    start,
    end,
  }));
}
