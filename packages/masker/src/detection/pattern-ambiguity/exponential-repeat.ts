import { isExponentiallyAmbiguous } from "./ambiguous-loop.ts";
import type { CharacterSets } from "./character-sets.ts";
import { alwaysMatches, longestOf, type PatternTree, type Repeat, shortestOf } from "./pattern-tree.ts";
import { automatonOfLoop } from "./position-automaton.ts";

/** How many iterations a repeat may have that its count alone keeps tame, those of such repeats around it included. */
const maxCount = 4;

/** What is around a part of the pattern. */
interface Place {
  /** Whether what the matcher tries after it can fail. */
  readonly canFail: boolean;
  /** Whether the matcher runs from right to left. */
  readonly behind: boolean;
  /** How often the repeats around it bring it that their counts alone keep tame. */
  readonly count: number;
}

/**
 * The repeat that makes a backtracking matcher try exponentially many ways to read a text before it gives up, if any.
 *
 * That takes a repeat that can read some text in more and more ways, and something after it that can fail: a repeat that
 * nothing has to follow is satisfied with the first way. One with a maximum above a few counts as if it had none.
 *
 * Exact for characters, classes, choices and endless repeats up to a `$`. Elsewhere it finds too much rather than too
 * little: `\b` and look-arounds are passed over, a reference may read whatever its group can, and what may fail is taken
 * to fail behind any text.
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
        // Once its body has matched, it isn't entered again.
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
      // Which of the iterations that it must have read nothing is a choice of its own, as in (a?){30}.
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
