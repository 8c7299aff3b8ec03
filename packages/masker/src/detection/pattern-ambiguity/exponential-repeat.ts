import { isExponentiallyAmbiguous } from "./ambiguous-loop.ts";
import type { CharacterSets } from "./character-sets.ts";
import { alwaysMatches, longestOf, type PatternTree, type Repeat, shortestOf } from "./pattern-tree.ts";
import { automatonOfLoop } from "./position-automaton.ts";

/** The most iterations of a repeat that is harmless by its count alone, multiplied by those of such repeats around it. */
const maxCount = 4;

/** The surroundings of a part of the pattern. */
interface Place {
  /** Whether what the matcher tries after it can fail. */
  readonly canFail: boolean;
  /** Whether the matcher runs from right to left. */
  readonly behind: boolean;
  /** How often harmless repeats around it can run it. */
  readonly count: number;
}

/**
 * Finds a repeat that makes a backtracking matcher try exponentially many ways to read a text before it gives up.
 *
 * Such a repeat can read some text in more and more ways, and something after it can fail. If nothing has to follow it, the
 * matcher is satisfied with the first way. A repeat with a maximum of more than a few counts as endless.
 *
 * The result is exact for characters, classes, choices and endless repeats up to a `$`. For other syntax it finds too much
 * rather than too little: it ignores `\b` and look-arounds, lets a reference read whatever its group can, and assumes that
 * what can fail may fail after any text.
 */
export function findExponentialRepeat(tree: PatternTree, sets: CharacterSets): Repeat | undefined {
  const find = (node: PatternTree, place: Place): Repeat | undefined => {
    switch (node.kind) {
      case "sequence":
        return findInSequence(node.parts, place);
      case "choice":
        return first(node.branches, (branch) => find(branch, place));
      case "repeat":
        return findInRepeat(node, place);
      case "look":
        // The matcher never goes back into a look-around that has matched.
        return find(node.body, { canFail: false, behind: node.behind, count: 1 });
      default:
        return undefined;
    }
  };

  const findInSequence = (parts: readonly PatternTree[], place: Place): Repeat | undefined => {
    let { canFail } = place;
    const lastTriedFirst = place.behind ? parts : [...parts].reverse();
    return first(lastTriedFirst, (part) => {
      const found = find(part, { ...place, canFail });
      canFail ||= !alwaysMatches(part);
      return found;
    });
  };

  const findInRepeat = (repeat: Repeat, place: Place): Repeat | undefined => {
    const { body, min, max } = repeat;
    const canFail = place.canFail || min > 1;
    let { count } = place;
    if (canFail && max > 1 && body.kind !== "set") {
      // Which of the required iterations read nothing is a choice too, as in (a?){30}.
      const canSkip = min > 1 && shortestOf(body) === 0 && longestOf(body) > 0;
      if (canSkip && min * count > maxCount) return repeat;
      const isAmbiguous = isExponentiallyAmbiguous(automatonOfLoop(body), sets);
      if (isAmbiguous && max * count > maxCount) return repeat;
      if (isAmbiguous || canSkip) count *= Number.isFinite(max) ? max : 1;
    }
    return find(body, { ...place, canFail, count });
  };

  return find(tree, { canFail: false, behind: false, count: 1 });
}

function first<Item, Found>(items: readonly Item[], find: (item: Item) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
