import type { CodeUnits } from "./code-units.ts";
import { SkipTable } from "./skip-table.ts";
import { TermAutomaton } from "./term-automaton.ts";

/** A part of a text; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** An exact term in a text: `term` is its index in the list that was looked for. */
export interface TermMatch extends Span {
  readonly term: number;
}

/** Shorter terms allow no skipping. */
const SHORTEST_SKIPPED = 5;

/**
 * Where terms stand in a text outside of the parts that are covered already: for each place that an occurrence which
 * isn't inside one covered part covers, at least one match covers it too. In no order; for a list that is used once.
 *
 * Skips through the text between the covered parts. Short terms, and terms that share their beginnings so much that
 * skipping compares too often, go through an automaton, which costs more to set up and is linear whatever comes.
 *
 * @param units of `text`
 * @param covered in order, none overlapping another
 */
export function findTerms(
  text: string,
  units: CodeUnits,
  terms: readonly string[],
  covered: readonly Span[],
): TermMatch[] {
  const long = terms.flatMap((term, index) => (term.length >= SHORTEST_SKIPPED ? [index] : []));
  const short = terms.flatMap((term, index) => (term.length < SHORTEST_SKIPPED ? [index] : []));
  const skipped = long.length === 0 ? [] : findBySkipping(text, units, terms, long, covered);
  const automatic = skipped === undefined ? long.concat(short) : short;
  const found = automatic.length === 0 ? [] : findByAutomaton(units, terms, automatic);
  return outsideOf(covered, (skipped ?? []).concat(found));
}

/** @returns undefined when it would compare too often */
function findBySkipping(
  text: string,
  units: CodeUnits,
  terms: readonly string[],
  chosen: readonly number[],
  covered: readonly Span[],
): TermMatch[] | undefined {
  const table = new SkipTable(chosen.map((index) => terms[index]!));
  const matches: TermMatch[] = [];
  let budget = 1_000 + text.length / 4;
  const visit = (position: number, start: number): boolean => {
    const index = chosen[position]!;
    const term = terms[index]!;
    budget -= 1 + term.length / 32;
    if (text.startsWith(term, start)) matches.push({ term: index, start, end: start + term.length });
    return budget > 0;
  };
  for (const { start, end } of gapsBetween(covered, units, terms)) {
    if (!table.visit(units, start, end, visit)) return undefined;
  }
  return matches;
}

/**
 * The parts of the text in which an occurrence may begin and end: what lies between covered parts. A covered part that
 * an occurrence may reach into or out of is no border: one that has two units in a row there.
 */
function gapsBetween(covered: readonly Span[], units: CodeUnits, terms: readonly string[]): Span[] {
  const pairs = new Uint8Array(1 << 16);
  for (const term of terms) {
    for (let index = 1; index < term.length; index++)
      pairs[pairOf(term.charCodeAt(index - 1), term.charCodeAt(index))] = 1;
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

function findByAutomaton(units: CodeUnits, terms: readonly string[], chosen: readonly number[]): TermMatch[] {
  const matches: TermMatch[] = [];
  new TermAutomaton(chosen.map((index) => terms[index]!)).scan(units, (position, end) => {
    const term = chosen[position]!;
    matches.push({ term, start: end - terms[term]!.length, end });
  });
  return matches;
}

function outsideOf(covered: readonly Span[], matches: readonly TermMatch[]): TermMatch[] {
  return matches.filter(({ start, end }) => {
    let low = 0;
    let high = covered.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (covered[middle]!.end < end) low = middle + 1;
      else high = middle;
    }
    const around = covered[low];
    return around === undefined || around.start > start;
  });
}
