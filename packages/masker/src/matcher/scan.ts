import { type Automaton, unknown } from "./automaton.ts";
import type { CodeUnits } from "./code-units.ts";
import { Hits } from "./hits.ts";

/** For shorter texts, four lanes cost more than they save. */
const fourLanesFrom = 4096;

/**
 * Finds every place in a text where a needle ends. It takes one table look-up per character.
 *
 * A long text is read in four lanes, one for each quarter, in turn. A look-up has to wait for the one before it in the same
 * lane, and meanwhile the processor works on the other lanes. A state depends only on the last `longest` characters, so a
 * lane starts that much earlier and is in the right state where its quarter begins.
 *
 * @returns the hits of each lane, in text order
 */
export function scan(automaton: Automaton, units: CodeUnits): readonly Hits[] {
  const letters = automaton.alphabet.spell(units);
  if (automaton.isFull) automaton.reset([]);
  const hits = [new Hits()];
  if (letters.length < fourLanesFrom) {
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
  let state = from;
  for (let index = begin; index < end; index++) {
    const entry = automaton.table[state + letters[index]!]!;
    state = entry >= 0 ? entry : step(automaton, state, letters[index]!, hits, index + 1);
  }
  return state;
}

function scanFourLanes(
  automaton: Automaton,
  letters: Uint8Array | Uint16Array,
  hits: readonly [Hits, Hits, Hits, Hits],
): void {
  const quarter = letters.length >> 2;
  const states = new Int32Array(4);
  states[0] = automaton.start;
  for (let lane = 1; lane < 4; lane++) {
    const begin = lane * quarter;
    states[lane] = scanRange(automaton, letters, Math.max(0, begin - automaton.longest), begin, 0, undefined);
  }
  for (let index = advance(automaton.table, letters, states, 0, quarter); index < quarter; ) {
    if (automaton.isFull) states.set(automaton.reset([...states]));
    for (let lane = 0; lane < 4; lane++) {
      const at = index + lane * quarter;
      states[lane] = step(automaton, states[lane]!, letters[at]!, hits[lane], at + 1);
    }
    index = advance(automaton.table, letters, states, index + 1, quarter);
  }
  // The last lane also takes the remainder of the division by four.
  scanRange(automaton, letters, 4 * quarter, letters.length, states[3]!, hits[3]);
}

/**
 * Moves all lanes on while nothing happens. It is a separate function without anything that could replace the table, which
 * halves the time.
 *
 * @returns the first place where, in any lane, a needle ends or an entry is unknown; otherwise `end`
 */
function advance(
  table: Int32Array,
  letters: Uint8Array | Uint16Array,
  states: Int32Array,
  begin: number,
  end: number,
): number {
  const half = 2 * end;
  const last = 3 * end;
  let a = states[0]!;
  let b = states[1]!;
  let c = states[2]!;
  let d = states[3]!;
  let index = begin;
  for (; index < end; index++) {
    const entryA = table[a + letters[index]!]!;
    const entryB = table[b + letters[index + end]!]!;
    const entryC = table[c + letters[index + half]!]!;
    const entryD = table[d + letters[index + last]!]!;
    if ((entryA | entryB | entryC | entryD) < 0) break;
    a = entryA;
    b = entryB;
    c = entryC;
    d = entryD;
  }
  states[0] = a;
  states[1] = b;
  states[2] = c;
  states[3] = d;
  return index;
}

/** Returns the state after one letter, computes it if it is unknown, and records the needles that end at `end`. */
function step(automaton: Automaton, state: number, letter: number, hits: Hits | undefined, end: number): number {
  let entry = automaton.table[state + letter]!;
  if (entry === unknown) entry = automaton.resolve(state, letter);
  if (entry >= 0) return entry;
  hits?.add(end, automaton.endingAt(~entry));
  return ~entry;
}
