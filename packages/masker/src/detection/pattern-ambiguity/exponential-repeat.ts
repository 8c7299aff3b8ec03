import { isExponentiallyAmbiguous } from "./ambiguous-loop.ts";
import type { CharacterSets } from "./character-sets.ts";
import { alwaysMatches, longestOf, type PatternTree, type Repeat, shortestOf } from "./pattern-tree.ts";
import { automatonOfLoop } from "./position-automaton.ts";

/** How many iterations, those of counted repeats around it included, a repeat may have and be judged harmless by its count. */
const MAX_COUNT = 4;

/** What is around a part of the pattern. */
interface Place {
  /** Whether what the matcher tries after it can fail. */
  readonly canFail: boolean;
  /** Whether the matcher runs from right to left. */
  readonly behind: boolean;
  /** How often the counted repeats around it can bring it, within one iteration of the innermost endless one. */
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
      case "repeat": {
        const canFail = place.canFail || node.min > 1;
        const count = place.count * node.max;
        if (canFail && count > MAX_COUNT && isExponential(node, place.count, sets)) return node;
        return find(node.body, { ...place, canFail, count: count === Number.POSITIVE_INFINITY ? 1 : count });
      }
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

  return find(tree, { canFail: false, behind: false, count: 1 });
}

function isExponential({ body, min }: Repeat, count: number, sets: CharacterSets): boolean {
  // One set has one way to be read n times.
  if (body.kind === "set") return false;
  // Which of the iterations that it must have read nothing is a choice of its own, as in (a?){30}.
  if (min * count > MAX_COUNT && shortestOf(body) === 0 && longestOf(body) > 0) return true;
  return isExponentiallyAmbiguous(automatonOfLoop(body), sets);
}

function first<Item, Found>(items: readonly Item[], find: (item: Item) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
