import type { CodeUnits } from "./code-units.ts";
import { type Found, SampledSearch } from "./sampled-search.ts";
import type { Span } from "./span.ts";
import { TermAutomaton } from "./term-automaton.ts";
import { type TermMatch, TermMatches } from "./term-matches.ts";

/** With shorter terms, the search would have to look at every place. */
const shortestSampled = 5;

/**
 * Finds further occurrences of terms, which are parts of the text, outside the parts that are already covered. Every
 * occurrence that isn't inside one covered part is covered by the matches, which come in no order.
 *
 * It looks at samples of the text between the covered parts. For short terms, and for terms that share so much of their
 * beginnings that this compares too often, it uses an automaton, which costs more to set up but is always linear.
 *
 * @param terms without duplicates
 * @param covered in order and without overlaps
 */
export function findTerms(units: CodeUnits, terms: readonly Span[], covered: readonly Span[]): TermMatch[] {
  const long: number[] = [];
  const short: number[] = [];
  terms.forEach(({ start, end }, place) => {
    (end - start < shortestSampled ? short : long).push(place);
  });
  const sampled = long.length === 0 ? [] : findBySamples(units, terms, long, covered);
  const automatic = sampled === undefined ? long.concat(short) : short;
  const found = automatic.length === 0 ? [] : findByAutomaton(units, terms, automatic, covered);
  return (sampled ?? []).concat(found);
}

/** @returns undefined if it would compare too often */
function findBySamples(
  units: CodeUnits,
  terms: readonly Span[],
  chosen: readonly number[],
  covered: readonly Span[],
): TermMatch[] | undefined {
  const spans = chosen.map((index) => terms[index]!);
  const table = new SampledSearch(units, spans, 1_000 + units.length / 4);
  const matches = new TermMatches(terms.length, covered);
  const found: Found = (position, start) => {
    const { start: from, end } = spans[position]!;
    matches.add(chosen[position]!, start, start + end - from);
  };
  table.find(gapsBetween(covered, units, spans), found);
  return table.hasGivenUp ? undefined : matches.list;
}

/**
 * The parts of the text between the covered ones, as pairs of a start and an end. An occurrence begins and ends within one of
 * them. A covered part doesn't count as a border if an occurrence may extend into or out of it, because some term contains the
 * two units on either side of its edge in a row.
 */
function gapsBetween(covered: readonly Span[], units: CodeUnits, terms: readonly Span[]): Int32Array {
  const pairs = new Uint8Array(1 << 16);
  for (const { start, end } of terms) {
    for (let index = start + 1; index < end; index++) pairs[pairOf(units[index - 1]!, units[index]!)] = 1;
  }
  const isBorder = (at: number): boolean =>
    at === 0 || at === units.length || pairs[pairOf(units[at - 1]!, units[at]!)] === 0;
  const gaps = new Int32Array(2 * covered.length + 2);
  let length = 0;
  let begin = 0;
  for (const { start, end } of covered) {
    if (!isBorder(start) || !isBorder(end)) continue;
    gaps[length++] = begin;
    gaps[length++] = start;
    begin = end;
  }
  gaps[length++] = begin;
  gaps[length++] = units.length;
  return gaps.subarray(0, length);
}

function pairOf(first: number, second: number): number {
  return ((first << 8) ^ second) & 0xffff;
}

function findByAutomaton(
  units: CodeUnits,
  terms: readonly Span[],
  chosen: readonly number[],
  covered: readonly Span[],
): TermMatch[] {
  const spans = chosen.map((index) => terms[index]!);
  const matches = new TermMatches(terms.length, covered);
  new TermAutomaton(units, spans).scan((position, end) => {
    const span = spans[position]!;
    matches.add(chosen[position]!, end - (span.end - span.start), end);
  });
  return matches.list;
}
