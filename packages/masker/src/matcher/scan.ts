import { type Automaton, UNKNOWN } from "./automaton.ts";
import { Hits } from "./hits.ts";

/** Below this length a second lane costs more than it hides. */
const TWO_LANES_FROM = 4096;

/**
 * Every place in `text` where a needle ends, in order. Linear: one table look-up a character.
 *
 * A long text is read at two places in turn, its first and its second half: each look-up waits for the one before it,
 * and the processor does one lane's work while the other one waits. The second lane starts early enough to be in the
 * right state at the middle, because a state depends on the last `longest` characters only.
 */
export function scan(automaton: Automaton, text: string): readonly Hits[] {
  if (text.length < TWO_LANES_FROM) {
    const hits = new Hits();
    scanRange(automaton, text, 0, text.length, automaton.start, hits);
    return [hits];
  }
  const middle = text.length >> 1;
  const warmed = scanRange(automaton, text, Math.max(0, middle - automaton.longest), middle, 0, undefined);
  return scanTwoLanes(automaton, text, middle, warmed);
}

/** @returns the state at `end` */
function scanRange(
  automaton: Automaton,
  text: string,
  begin: number,
  end: number,
  from: number,
  hits: Hits | undefined,
): number {
  const { letterOf } = automaton.alphabet;
  let { table } = automaton;
  let state = from;
  for (let index = begin; index < end; index++) {
    const letter = letterOf[text.charCodeAt(index)]!;
    let entry = table[state + letter]!;
    if (entry < 0) {
      if (entry === UNKNOWN) {
        if (automaton.isFull) [state] = automaton.reset([state]) as [number];
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

function scanTwoLanes(automaton: Automaton, text: string, middle: number, warmed: number): readonly Hits[] {
  const { letterOf } = automaton.alphabet;
  let { table } = automaton;
  let first = automaton.start;
  let second = warmed;
  const firstHits = new Hits();
  const secondHits = new Hits();
  let index = 0;
  let other = middle;
  while (index < middle) {
    const letter = letterOf[text.charCodeAt(index)]!;
    const otherLetter = letterOf[text.charCodeAt(other)]!;
    let entry = table[first + letter]!;
    let otherEntry = table[second + otherLetter]!;
    index++;
    other++;
    if ((entry | otherEntry) < 0) {
      if (entry === UNKNOWN || otherEntry === UNKNOWN) {
        if (automaton.isFull) [first, second] = automaton.reset([first, second]) as [number, number];
        entry = automaton.resolve(first, letter);
        otherEntry = automaton.resolve(second, otherLetter);
        table = automaton.table;
      }
      if (entry < 0) {
        entry = ~entry;
        firstHits.add(index, automaton.endingAt(entry));
      }
      if (otherEntry < 0) {
        otherEntry = ~otherEntry;
        secondHits.add(other, automaton.endingAt(otherEntry));
      }
    }
    first = entry;
    second = otherEntry;
  }
  // An odd length leaves the second lane one character more.
  scanRange(automaton, text, other, text.length, second, secondHits);
  return [firstHits, secondHits];
}
