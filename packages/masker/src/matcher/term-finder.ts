import { Automaton } from "./automaton.ts";
import { scan } from "./scan.ts";

/** An exact term in a text: `term` is its index in the list that was looked for, `end` is exclusive. */
export interface TermMatch {
  readonly term: number;
  readonly start: number;
  readonly end: number;
}

const BLOCK = 3;
const TABLE_BITS = 14;
/** Shorter terms allow no skipping; they go to the automaton. */
const SHORTEST_SKIPPED = 5;

/**
 * Every occurrence of every term, overlapping ones too, for a list of terms that is used once.
 *
 * Skips through the text as Wu and Manber describe (TR-94-17): a table says how far the last three units of the window
 * are from the end of any term's beginning. Terms that share their beginning make it compare too often; past a budget
 * that is linear in the text the automaton takes over, which costs more to set up and is linear whatever comes.
 */
export function findTerms(text: string, terms: readonly string[]): TermMatch[] {
  const long = terms.flatMap((term, index) => (term.length >= SHORTEST_SKIPPED ? [index] : []));
  const short = terms.flatMap((term, index) => (term.length < SHORTEST_SKIPPED ? [index] : []));
  const skipped = findBySkipping(text, terms, long);
  if (skipped === undefined) {
    const all = terms.map((_, index) => index);
    return findByAutomaton(text, terms, all);
  }
  return short.length === 0 ? skipped : [...skipped, ...findByAutomaton(text, terms, short)];
}

/** @returns undefined when it would compare too often */
function findBySkipping(text: string, terms: readonly string[], chosen: readonly number[]): TermMatch[] | undefined {
  const matches: TermMatch[] = [];
  if (chosen.length === 0) return matches;
  const width = chosen.reduce((shortest, index) => Math.min(shortest, terms[index]!.length), 255);
  const shifts = new Uint8Array(1 << TABLE_BITS).fill(width - BLOCK + 1);
  const firstWith = new Int32Array(1 << TABLE_BITS).fill(-1);
  const nextWith = new Int32Array(chosen.length);
  chosen.forEach((index, position) => {
    const term = terms[index]!;
    for (let end = BLOCK - 1; end < width; end++) {
      const block = hashBlock(term, end);
      shifts[block] = Math.min(shifts[block]!, width - 1 - end);
    }
    const last = hashBlock(term, width - 1);
    nextWith[position] = firstWith[last]!;
    firstWith[last] = position;
  });

  let budget = 1_000 + text.length / 4;
  for (let end = width - 1; end < text.length; ) {
    const block = hashBlock(text, end);
    const shift = shifts[block]!;
    if (shift > 0) {
      end += shift;
      continue;
    }
    const start = end - width + 1;
    for (let position = firstWith[block]!; position >= 0; position = nextWith[position]!) {
      const index = chosen[position]!;
      const term = terms[index]!;
      budget -= 1 + term.length / 32;
      if (text.startsWith(term, start)) matches.push({ term: index, start, end: start + term.length });
    }
    if (budget < 0) return undefined;
    end++;
  }
  return matches;
}

function hashBlock(text: string, end: number): number {
  const hash = Math.imul(
    text.charCodeAt(end) + (text.charCodeAt(end - 1) << 7) + (text.charCodeAt(end - 2) << 14),
    0x9e37_79b1,
  );
  return hash >>> (32 - TABLE_BITS);
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
