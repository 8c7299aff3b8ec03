import type { CharacterSets } from "./character-sets.ts";
import { componentsOf } from "./components.ts";
import { PatternTooLarge, type PositionAutomaton } from "./position-automaton.ts";

/** How many steps of two paths side by side to look at. They take a fraction of a second. */
const maxPairSteps = 5_000_000;

/**
 * Whether some text leads from a position back to itself in two ways, so that each repetition of the text doubles the number
 * of ways. This is exponential ambiguity (Weber and Seidl, "On the degree of ambiguity of finite automata", 1991).
 *
 * It exists if and only if, within one strongly connected component, two paths over the same text can leave a position, reach
 * two different ones and meet again, or one position follows another in more than one way.
 *
 * @throws {PatternTooLarge} if it takes too long to find out
 */
export function isExponentiallyAmbiguous(automaton: PositionAutomaton, sets: CharacterSets): boolean {
  const component = componentsOf(automaton.next.map((ways) => [...ways.keys()]));
  const next = automaton.next.map((ways, position) =>
    [...ways].filter(([target]) => component[target] === component[position]),
  );
  if (next.some((ways) => ways.some(([, count]) => count > 1))) return true;
  return pathsPartAndMeet(
    next.map((ways) => ways.map(([target]) => target)),
    (one, other) => sets.overlap(automaton.sets[one]!, automaton.sets[other]!),
  );
}

function pathsPartAndMeet(
  next: readonly (readonly number[])[],
  overlap: (one: number, other: number) => boolean,
): boolean {
  const size = next.length;
  const parted = new Set<number>();
  let steps = 0;

  /** Continues from a pair of positions in either order. @returns whether two paths meet */
  const advance = (one: number, other: number): boolean => {
    for (const to of next[one]!) {
      for (const too of next[other]!) {
        if (++steps > maxPairSteps) throw new PatternTooLarge();
        if (!overlap(to, too)) continue;
        if (to !== too) parted.add(Math.min(to, too) * size + Math.max(to, too));
        else if (one !== other) return true;
      }
    }
    return false;
  };

  // Positions that lead to the same ones, such as the ends of all words in a choice, need to be split only once.
  const positions = new Map(next.map((targets, position) => [targets.join(), position]));
  for (const position of positions.values()) advance(position, position);
  // The set grows during the loop, so every reachable pair has its turn.
  for (const pair of parted) if (advance(Math.floor(pair / size), pair % size)) return true;
  return false;
}
