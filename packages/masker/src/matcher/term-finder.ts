import type { CodeUnits } from "./code-units.ts";
import { type Found, SampledSearch } from "./sampled-search.ts";
import type { Span } from "./span.ts";
import { TermAutomaton } from "./term-automaton.ts";
import { type TermMatch, TermMatches } from "./term-matches.ts";

/** Shorter terms hold a single sample: every place would be looked at. */
const shortestSampled = 5;

/**
 * Where else in a text the text of some of its parts, the terms, stands, outside of what is covered already: for each
 * place that such an occurrence covers, unless it lies inside one covered part, at least one match covers it too. In no
 * order.
 *
 * Looks at samples of the text between the covered parts. Short terms, and terms that share their beginnings so much that
 * this compares too often, go through an automaton, which costs more to set up and is linear whatever comes.
 *
 * @param terms no two of the same text
 * @param covered in order, none overlapping another
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

/** @returns undefined when it would compare too often */
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
 * The parts of the text in which an occurrence may begin and end, as pairs of a start and an end: what lies between covered
 * parts. A covered part that an occurrence may reach into or out of is no border: one that has two units in a row there.
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
