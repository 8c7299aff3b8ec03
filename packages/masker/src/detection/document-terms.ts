import type { CodeUnits } from "../matcher/code-units.ts";
import { findTerms } from "../matcher/term-finder.ts";
import type { Candidate } from "./finding.ts";

/** The values that may occur elsewhere too: the findings, and candidates that are only a part of a finding. */
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
 * Finds the other occurrences of every value, outside the findings. A password that was found after `password=` is masked
 * where it stands alone too. And a value must not stay visible as part of a word because a detector only finds it by itself.
 *
 * @param first for each term, the index of the first term with the same text
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
