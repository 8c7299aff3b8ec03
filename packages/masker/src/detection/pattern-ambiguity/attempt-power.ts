import type { CharacterSets } from "./character-sets.ts";
import { componentsOf } from "./components.ts";
import { alwaysMatches, longestOf, nothing, type PatternTree } from "./pattern-tree.ts";
import { automatonOf, type PositionAutomaton } from "./position-automaton.ts";

/** How many steps of three paths side by side to look at. After that, two repeats are assumed to share their text. */
const maxTripleSteps = 100_000;

/**
 * Finds the power of the text's length with which the time of one failing attempt grows, for a pattern that isn't
 * exponential: 0 for `\d{4}`, 1 for `\d+-`, 2 for `.*foo.*bar`, whose first `.*` can end at each foo and whose second one
 * everywhere.
 *
 * It is one more than the polynomial degree of ambiguity (Weber and Seidl): the length of the longest chain of endless repeats
 * in which each can leave some of its text to the next. A part at the end of the pattern that can't fail doesn't count.
 */
export function attemptPower(tree: PatternTree, sets: CharacterSets): number {
  return chainLength(automatonOf(withoutTail(tree)), sets) + powerOfLooks(tree, sets);
}

/** The pattern up to the last place where an attempt can fail. */
function withoutTail(tree: PatternTree): PatternTree {
  if (alwaysMatches(tree)) return nothing;
  switch (tree.kind) {
    case "sequence": {
      // It isn't empty, because then it would always match.
      const last = tree.parts.at(-1)!;
      const parts = tree.parts.slice(0, -1);
      return alwaysMatches(last)
        ? withoutTail({ kind: "sequence", parts })
        : { kind: "sequence", parts: [...parts, withoutTail(last)] };
    }
    case "choice":
      return { kind: "choice", branches: tree.branches.map(withoutTail) };
    case "repeat":
      return tree.min === 1 ? withoutTail(tree.body) : { ...tree, max: tree.min };
    default:
      return tree;
  }
}

/** A look-around runs at every step of the pattern around it, and what follows can fail after it has read all it can. */
function powerOfLooks(tree: PatternTree, sets: CharacterSets): number {
  const most = (parts: readonly PatternTree[]): number => Math.max(0, ...parts.map((part) => powerOfLooks(part, sets)));
  switch (tree.kind) {
    case "sequence":
      return most(tree.parts);
    case "choice":
      return most(tree.branches);
    case "repeat":
      return powerOfLooks(tree.body, sets);
    case "look": {
      const body = tree.behind ? reversed(tree.body) : tree.body;
      return Math.max(attemptPower(body, sets), longestOf(body) === Number.POSITIVE_INFINITY ? 1 : 0);
    }
    default:
      return 0;
  }
}

function reversed(tree: PatternTree): PatternTree {
  switch (tree.kind) {
    case "sequence":
      return { kind: "sequence", parts: tree.parts.map(reversed).reverse() };
    case "choice":
      return { kind: "choice", branches: tree.branches.map(reversed) };
    case "repeat":
      return { ...tree, body: reversed(tree.body) };
    default:
      return tree;
  }
}

function chainLength(automaton: PositionAutomaton, sets: CharacterSets): number {
  const next = automaton.next.map((ways) => [...ways.keys()]);
  const component = componentsOf(next);
  const loops = new Map<number, number[]>();
  component.forEach((name, position) => {
    const repeats = next[position]!.some((target) => component[target] === name);
    if (repeats) loops.set(name, [...(loops.get(name) ?? []), position]);
  });

  const lengths = new Map<number, number>();
  const lengthFrom = (loop: number): number => {
    let length = lengths.get(loop);
    if (length === undefined) {
      const others = [...loops.keys()].filter((other) => other !== loop && canShare(loop, other));
      length = 1 + Math.max(0, ...others.map(lengthFrom));
      lengths.set(loop, length);
    }
    return length;
  };

  /** Whether one and the same text leads around in `loop`, around in `other`, and from one to the other. */
  const canShare = (loop: number, other: number): boolean =>
    loops.get(loop)!.some((one) => loops.get(other)!.some((two) => sharesText(one, two)));

  const sharesText = (one: number, two: number): boolean => {
    if (!leadsTo(next, one, two)) return false;
    const size = next.length;
    const goal = (one * size + two) * size + two;
    const seen = new Set([(one * size + one) * size + two]);
    let steps = 0;
    for (const triple of seen) {
      const [stays, goes, waits] = [Math.floor(triple / size / size), Math.floor(triple / size) % size, triple % size];
      for (const to of next[stays]!) {
        if (component[to] !== component[one]) continue;
        for (const then of next[waits]!) {
          if (component[then] !== component[two] || !overlap(to, then)) continue;
          for (const along of next[goes]!) {
            if (++steps > maxTripleSteps) return true;
            if (overlap(to, along) && overlap(along, then)) seen.add((to * size + along) * size + then);
          }
        }
      }
      if (seen.has(goal)) return true;
    }
    return false;
  };

  const overlap = (one: number, other: number): boolean => sets.overlap(automaton.sets[one]!, automaton.sets[other]!);

  return Math.max(0, ...[...loops.keys()].map(lengthFrom));
}

function leadsTo(next: readonly (readonly number[])[], from: number, goal: number): boolean {
  const reached = new Set([from]);
  for (const position of reached) for (const target of next[position]!) reached.add(target);
  return reached.has(goal);
}
