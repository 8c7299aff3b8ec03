import { type Automaton, UNKNOWN } from "./automaton.ts";
import type { CodeUnits } from "./code-units.ts";
import { Hits } from "./hits.ts";

/** Below this length four lanes cost more than they hide. */
const FOUR_LANES_FROM = 4096;

/**
 * Every place in a text where a needle ends, in order. Linear: one table look-up a character.
 *
 * A long text is read at four places in turn, its quarters: each look-up has to wait for the one before it in the same
 * lane, and the processor does the other lanes' work in the meantime. A lane starts early enough to be in the right
 * state where its part begins, because a state depends on the last `longest` characters only.
 *
 * @returns the hits of each lane, in the order of the text
 */
export function scan(automaton: Automaton, units: CodeUnits): readonly Hits[] {
  const letters = automaton.alphabet.spell(units);
  const hits = [new Hits()];
  if (letters.length < FOUR_LANES_FROM) {
    scanRange(automaton, letters, 0, letters.length, automaton.start, hits[0]);
    return hits;
  }
  for (let lane = 1; lane < 4; lane++) hits.push(new Hits());
  scanFourLanes(automaton, letters, hits as [Hits, Hits, Hits, Hits]);
  return hits;
}

/** @returns the state at `end` */
function scanRange(
  automaton: Automaton,
  letters: Uint8Array | Uint16Array,
  begin: number,
  end: number,
  from: number,
  hits: Hits | undefined,
): number {
  let { table } = automaton;
  let state = from;
  for (let index = begin; index < end; index++) {
    const letter = letters[index]!;
    let entry = table[state + letter]!;
    if (entry < 0) {
      if (entry === UNKNOWN) {
        // Not while warming up: the other lanes' states would lose their numbers.
        if (hits !== undefined && automaton.isFull) [state] = automaton.reset([state]) as [number];
        entry = automaton.resolve(state, letter);
        table = automaton.table;
      }
      if (entry < 0) {
        entry = ~entry;
        hits?.add(index + 1, automaton.endingAt(entry));
      }
    }
    state = entry;
  }
  return state;
}

function scanFourLanes(
  automaton: Automaton,
  letters: Uint8Array | Uint16Array,
  hits: readonly [Hits, Hits, Hits, Hits],
): void {
  const quarter = letters.length >> 2;
  const half = 2 * quarter;
  const last = 3 * quarter;
  const stateAt = (begin: number): number =>
    scanRange(automaton, letters, Math.max(0, begin - automaton.longest), begin, 0, undefined);
  let a = automaton.start;
  let b = stateAt(quarter);
  let c = stateAt(half);
  let d = stateAt(last);
  let { table } = automaton;

  for (let index = 0; index < quarter; index++) {
    let entryA = table[a + letters[index]!]!;
    let entryB = table[b + letters[index + quarter]!]!;
    let entryC = table[c + letters[index + half]!]!;
    let entryD = table[d + letters[index + last]!]!;
    if ((entryA | entryB | entryC | entryD) < 0) {
      if (entryA === UNKNOWN || entryB === UNKNOWN || entryC === UNKNOWN || entryD === UNKNOWN) {
        if (automaton.isFull) [a, b, c, d] = automaton.reset([a, b, c, d]) as [number, number, number, number];
        entryA = automaton.resolve(a, letters[index]!);
        entryB = automaton.resolve(b, letters[index + quarter]!);
        entryC = automaton.resolve(c, letters[index + half]!);
        entryD = automaton.resolve(d, letters[index + last]!);
        table = automaton.table;
      }
      if (entryA < 0) entryA = take(automaton, entryA, hits[0], index + 1);
      if (entryB < 0) entryB = take(automaton, entryB, hits[1], index + quarter + 1);
      if (entryC < 0) entryC = take(automaton, entryC, hits[2], index + half + 1);
      if (entryD < 0) entryD = take(automaton, entryD, hits[3], index + last + 1);
    }
    a = entryA;
    b = entryB;
    c = entryC;
    d = entryD;
  }
  // What four doesn't divide is left to the last lane.
  scanRange(automaton, letters, last + quarter, letters.length, d, hits[3]);
}

/** Takes note of the needles that end at `end`. */
function take(automaton: Automaton, entry: number, hits: Hits, end: number): number {
  hits.add(end, automaton.endingAt(~entry));
  return ~entry;
}
