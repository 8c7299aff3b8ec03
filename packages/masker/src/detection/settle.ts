import { leftContext } from "../tokens/token-edges.ts";
import { isWordAt, isWordStart } from "./edges.ts";
import type { Candidate } from "./finding.ts";

/**
 * Makes one finding of all candidates that overlap or touch, each widened to the words it cuts.
 *
 * The union takes the type of its longest candidate, then of the one with the higher priority, then of the first. A
 * union and not the winner alone: what the losers cover beyond it would be left in the text.
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

/** By start, the longer one first. Mostly they are in order already, and to see that takes a tenth of the time of sorting. */
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

/** What covers more than its best candidate need not be looked for elsewhere: the candidates are. */
function stretched(best: Candidate, start: number, end: number): Candidate {
  return best.start === start && best.end === end ? best : { label: { ...best.label, everywhere: true }, start, end };
}

function outranks(one: Candidate, other: Candidate): boolean {
  const longer = one.end - one.start - (other.end - other.start);
  return longer > 0 || (longer === 0 && one.label.priority > other.label.priority);
}

/** Where the word that `at` cuts begins, never before `limit`. */
function wordBegin(text: string, at: number, limit: number): number {
  let begin = at;
  while (begin > limit && !isWordStartBehind(text, begin, limit)) begin--;
  return begin;
}

/**
 * Whether a word starts at `at` once what ends at `limit` is replaced: a backslash in there makes no escape of the
 * letter behind it any more.
 */
function isWordStartBehind(text: string, at: number, limit: number): boolean {
  if (!isWordAt(text, at - 1)) return true;
  return at - limit > leftContext ? isWordStart(text, at) : isWordStart(text.slice(limit, at), at - limit);
}

/** Where the word that `at` cuts ends. */
function wordEnd(text: string, at: number): number {
  let end = at;
  while (isWordAt(text, end)) end++;
  return end;
}
