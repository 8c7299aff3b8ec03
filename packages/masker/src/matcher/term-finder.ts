import { Automaton } from "./automaton.ts";
import { codeUnitsOf } from "./code-units.ts";
import { scan } from "./scan.ts";
import { SkipTable } from "./skip-table.ts";

/** An exact term in a text: `term` is its index in the list that was looked for, `end` is exclusive. */
export interface TermMatch {
  readonly term: number;
  readonly start: number;
  readonly end: number;
}

/** Shorter terms allow no skipping; they go to the automaton. */
const SHORTEST_SKIPPED = 5;

/**
 * Every occurrence of every term, overlapping ones too, in no order; for a list of terms that is used once.
 *
 * Skips through the text. Terms that share their beginning make that compare too often; past a budget that is linear in
 * the text the automaton takes over, which costs more to set up and is linear whatever comes.
 */
export function findTerms(text: string, terms: readonly string[]): TermMatch[] {
  const long = terms.flatMap((term, index) => (term.length >= SHORTEST_SKIPPED ? [index] : []));
  const short = terms.flatMap((term, index) => (term.length < SHORTEST_SKIPPED ? [index] : []));
  const matches = long.length === 0 ? [] : findBySkipping(text, terms, long);
  if (matches === undefined) return findByAutomaton(text, terms, long.concat(short));
  return short.length === 0 ? matches : matches.concat(findByAutomaton(text, terms, short));
}

/** @returns undefined when it would compare too often */
function findBySkipping(text: string, terms: readonly string[], chosen: readonly number[]): TermMatch[] | undefined {
  const table = new SkipTable(chosen.map((index) => terms[index]!));
  const matches: TermMatch[] = [];
  let budget = 1_000 + text.length / 4;
  table.visit(codeUnitsOf(text), (position, start) => {
    const index = chosen[position]!;
    const term = terms[index]!;
    budget -= 1 + term.length / 32;
    if (text.startsWith(term, start)) matches.push({ term: index, start, end: start + term.length });
    return budget > 0;
  });
  return budget > 0 ? matches : undefined;
}

function findByAutomaton(text: string, terms: readonly string[], chosen: readonly number[]): TermMatch[] {
  const automaton = new Automaton(chosen.map((index) => ({ term: terms[index]!, case: "sensitive" })));
  const matches: TermMatch[] = [];
  for (const hits of scan(automaton, text)) {
    for (let hit = 0; hit < hits.count; hit++) {
      const end = hits.endAt(hit);
      for (const needle of automaton.needlesOf(hits.setAt(hit))) {
        const index = chosen[needle]!;
        matches.push({ term: index, start: end - terms[index]!.length, end });
      }
    }
  }
  return matches;
}
