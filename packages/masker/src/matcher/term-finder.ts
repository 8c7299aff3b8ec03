import type { CodeUnits } from "./code-units.ts";
import { distinctSpans } from "./distinct-spans.ts";
import { SkipTable } from "./skip-table.ts";
import type { Span } from "./span.ts";
import { TermAutomaton } from "./term-automaton.ts";
import { type TermMatch, TermMatches } from "./term-matches.ts";

/** Shorter terms allow no skipping. */
const SHORTEST_SKIPPED = 5;

/**
 * Where else in a text the text of some of its parts, the terms, stands, outside of what is covered already: for each
 * place that such an occurrence covers, unless it lies inside one covered part, at least one match covers it too. In no
 * order.
 *
 * Skips through the text between the covered parts. Short terms, and terms that share their beginnings so much that
 * skipping compares too often, go through an automaton, which costs more to set up and is linear whatever comes.
 *
 * @param covered in order, none overlapping another
 */
export function findTerms(units: CodeUnits, terms: readonly Span[], covered: readonly Span[]): TermMatch[] {
  const long: number[] = [];
  const short: number[] = [];
  for (const place of distinctSpans(units, terms)) {
    const { start, end } = terms[place]!;
    (end - start < SHORTEST_SKIPPED ? short : long).push(place);
  }
  const skipped = long.length === 0 ? [] : findBySkipping(units, terms, long, covered);
  const automatic = skipped === undefined ? long.concat(short) : short;
  const found = automatic.length === 0 ? [] : findByAutomaton(units, terms, automatic, covered);
  return (skipped ?? []).concat(found);
}

/** @returns undefined when it would compare too often */
function findBySkipping(
  units: CodeUnits,
  terms: readonly Span[],
  chosen: readonly number[],
  covered: readonly Span[],
): TermMatch[] | undefined {
  const spans = chosen.map((index) => terms[index]!);
  const table = new SkipTable(units, spans, 1_000 + units.length / 4);
  const matches = new TermMatches(terms.length, covered);
  for (const gap of gapsBetween(covered, units, spans)) {
    table.find(gap.start, gap.end, (position, start) => {
      const { start: from, end } = spans[position]!;
      matches.add(chosen[position]!, start, start + end - from);
    });
    if (table.hasGivenUp) return undefined;
  }
  return table.hasGivenUp ? undefined : matches.list;
}

/**
 * The parts of the text in which an occurrence may begin and end: what lies between covered parts. A covered part that
 * an occurrence may reach into or out of is no border: one that has two units in a row there.
 */
function gapsBetween(covered: readonly Span[], units: CodeUnits, terms: readonly Span[]): Span[] {
  const pairs = new Uint8Array(1 << 16);
  for (const { start, end } of terms) {
    for (let index = start + 1; index < end; index++) pairs[pairOf(units[index - 1]!, units[index]!)] = 1;
  }
  const isBorder = (at: number): boolean =>
    at === 0 || at === units.length || pairs[pairOf(units[at - 1]!, units[at]!)] === 0;
  const gaps: Span[] = [];
  let begin = 0;
  for (const { start, end } of covered) {
    if (!isBorder(start) || !isBorder(end)) continue;
    if (start > begin) gaps.push({ start: begin, end: start });
    begin = end;
  }
  if (begin < units.length) gaps.push({ start: begin, end: units.length });
  return gaps;
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
