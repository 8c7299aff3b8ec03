import type { PatternTree, Repeat } from "./pattern-tree.ts";

/** How many times the body of a counted repeat is copied. A higher count is treated as endless. */
const maxCopies = 64;
const maxPositions = 2_000;

/** Where a position leads, and in how many ways: 1, or 2 for two or more. */
export type Ways = Map<number, number>;

/**
 * A pattern as an automaton without silent steps (Glushkov's construction, with the ways counted). It has a position for each
 * set in the pattern. From one position to another it has as many ways as a backtracking matcher has paths between them that
 * read nothing.
 */
export interface PositionAutomaton {
  /** The set that is read at each position. */
  readonly sets: readonly number[];
  readonly next: readonly Ways[];
}

/** The automaton would have too many positions to search. */
export class PatternTooLarge extends Error {}

/** The automaton of an endless repetition of `body`. */
export function automatonOfLoop(body: PatternTree): PositionAutomaton {
  const builder = new AutomatonBuilder();
  builder.loop(body);
  return builder;
}

/** The automaton of one match of `tree`. */
export function automatonOf(tree: PatternTree): PositionAutomaton {
  const builder = new AutomatonBuilder();
  builder.part(tree);
  return builder;
}

/** Where a part of the pattern can start and end, and in how many ways it can read nothing. */
interface Part {
  readonly first: Ways;
  readonly last: Ways;
  readonly silent: number;
}

const silent: Part = { first: new Map(), last: new Map(), silent: 1 };

const impassable: Part = { first: new Map(), last: new Map(), silent: 0 };

class AutomatonBuilder implements PositionAutomaton {
  readonly sets: number[] = [];
  readonly next: Ways[] = [];

  /** `body*`. A matcher abandons an iteration that reads nothing, so there is only one way to read nothing. */
  loop(body: PatternTree): Part {
    const { first, last } = this.part(body);
    this.#link(last, first);
    return { first, last, silent: 1 };
  }

  part(tree: PatternTree): Part {
    switch (tree.kind) {
      case "set":
        return this.#position(tree.set);
      case "sequence":
        return tree.parts.reduce<Part>((before, part) => this.#join(before, this.part(part)), silent);
      case "choice":
        return tree.branches.map((branch) => this.part(branch)).reduce(either);
      case "repeat":
        return this.#repeat(tree);
      case "text-edge":
        return impassable;
      default:
        return silent;
    }
  }

  #position(set: number): Part {
    if (this.sets.length === maxPositions) throw new PatternTooLarge();
    const position = this.sets.push(set) - 1;
    this.next.push(new Map());
    return { first: new Map([[position, 1]]), last: new Map([[position, 1]]), silent: 0 };
  }

  #repeat({ body, min, max }: Repeat): Part {
    const copies = Math.min(min, maxCopies);
    let part = silent;
    for (let copy = 0; copy < copies; copy++) part = this.#join(part, this.part(body));
    if (max > maxCopies) return this.#join(part, this.loop(body));
    return this.#join(part, this.#optionalCopies(body, max - min));
  }

  /** `(body(body(...)?)?)?` */
  #optionalCopies(body: PatternTree, count: number): Part {
    if (count === 0) return silent;
    const { first, last } = this.part(body);
    const rest = this.#optionalCopies(body, count - 1);
    this.#link(last, rest.first);
    return { first, last: add(last, rest.last, 1), silent: 1 };
  }

  #join(before: Part, after: Part): Part {
    this.#link(before.last, after.first);
    return {
      first: add(before.first, after.first, before.silent),
      last: add(after.last, before.last, after.silent),
      silent: Math.min(2, before.silent * after.silent),
    };
  }

  #link(from: Ways, to: Ways): void {
    for (const [position, ways] of from) {
      const next = this.next[position]!;
      for (const [target, more] of to) next.set(target, Math.min(2, (next.get(target) ?? 0) + ways * more));
    }
  }
}

function either(one: Part, other: Part): Part {
  return {
    first: add(one.first, other.first, 1),
    last: add(one.last, other.last, 1),
    silent: Math.min(2, one.silent + other.silent),
  };
}

/** Adds `times` each of `more` to `ways`. */
function add(ways: Ways, more: Ways, times: number): Ways {
  if (times === 0) return ways;
  const sum = new Map(ways);
  for (const [position, count] of more) sum.set(position, Math.min(2, (sum.get(position) ?? 0) + count * times));
  return sum;
}
