import { leftContext } from "../tokens/token-edges.ts";
import { isWordAt, isWordStart } from "./edges.ts";
import type { Candidate } from "./finding.ts";

/**
 * Widens each candidate to whole words, and merges candidates that overlap or touch into one finding.
 *
 * The finding has the type of its longest candidate; among equals, of the one with the highest priority, then of the first.
 * It covers all of its candidates, because otherwise parts of the others would be left in the text.
 *
 * @param candidates in any order; sorted in place
 */
export function settle(text: string, candidates: Candidate[]): Candidate[] {
  sortByPlace(candidates);
  const findings: Candidate[] = [];
  let best: Candidate | undefined;
  let start = 0;
  let end = 0;
  for (const candidate of candidates) {
    if (best !== undefined && candidate.start <= end) {
      if (candidate.end > end) end = wordEnd(text, candidate.end);
      if (outranks(candidate, best)) best = candidate;
      continue;
    }
    const widened = wordBegin(text, candidate.start, end);
    if (best !== undefined && widened <= end) {
      if (outranks(candidate, best)) best = candidate;
    } else {
      if (best !== undefined) findings.push(stretched(best, start, end));
      best = candidate;
      start = widened;
    }
    end = wordEnd(text, candidate.end);
  }
  if (best !== undefined) findings.push(stretched(best, start, end));
  return findings;
}

/** Sorts by start, longer ones first. They are mostly in order already, and checking that takes a tenth of the time. */
function sortByPlace(candidates: Candidate[]): void {
  for (let index = 1; index < candidates.length; index++) {
    if (comparePlaces(candidates[index - 1]!, candidates[index]!) <= 0) continue;
    candidates.sort(comparePlaces);
    return;
  }
}

function comparePlaces(one: Candidate, other: Candidate): number {
  return one.start - other.start || other.end - one.end;
}

/** Nobody has to search for a finding that is longer than its best candidate, only for the candidates. */
function stretched(best: Candidate, start: number, end: number): Candidate {
  return best.start === start && best.end === end ? best : { label: { ...best.label, everywhere: true }, start, end };
}

function outranks(one: Candidate, other: Candidate): boolean {
  const longer = one.end - one.start - (other.end - other.start);
  return longer > 0 || (longer === 0 && one.label.priority > other.label.priority);
}

/** Where the word around `at` begins, never before `limit`. */
function wordBegin(text: string, at: number, limit: number): number {
  let begin = at;
  while (begin > limit && !isWordStartBehind(text, begin, limit)) begin--;
  return begin;
}

/**
 * Whether a word will start at `at` when everything before `limit` has been replaced. A backslash in there will then no
 * longer escape the letter after it.
 */
function isWordStartBehind(text: string, at: number, limit: number): boolean {
  if (!isWordAt(text, at - 1)) return true;
  return at - limit > leftContext ? isWordStart(text, at) : isWordStart(text.slice(limit, at), at - limit);
}

/** Where the word around `at` ends. */
function wordEnd(text: string, at: number): number {
  let end = at;
  while (isWordAt(text, end)) end++;
  return end;
}
