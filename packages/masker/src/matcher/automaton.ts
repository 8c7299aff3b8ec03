import { type Alphabet, createAlphabet } from "./alphabet.ts";
import { type Needle, unitsAt } from "./needle.ts";
import { buildNeedleGraph, type GraphNode } from "./needle-graph.ts";

/** A table entry that hasn't been computed yet. */
export const unknown = -0x8000_0000;

/** Counts as the character before a text, for triggers with `before: notWord`. */
const lineBreakUnit = 0x0a;

/** The automaton starts over at this many table entries, which are 32 MiB. Only a text made for it gets there. */
const maxEntries = 8 << 20;

/**
 * All needles as one deterministic automaton. A state is made when a text first needs it.
 *
 * A state is the offset of its row in `table`. An entry is the next state, or its complement (`~state`, which is negative)
 * if a needle ends there, or {@link unknown}. So a scan needs one look-up and one test of the sign per character.
 */
export class Automaton {
  readonly alphabet: Alphabet;
  /** Replaced when it grows, so read it again after each call of `resolve`. */
  table: Int32Array;
  /** The state at the start of a text, where `before: notWord` is satisfied. */
  readonly start: number;
  /** The length of the longest needle, in units. */
  readonly longest: number;

  readonly #graph: readonly GraphNode[];
  readonly #fromStart: (readonly number[])[] = [];
  #nodesOfState: (readonly number[])[] = [];
  #setOfState: number[] = [];
  #stateByNodes = new Map<string, number>();
  readonly #sets: (readonly number[])[] = [[]];
  readonly #setByNeedles = new Map<string, number>([["", 0]]);

  constructor(needles: readonly Needle[]) {
    this.alphabet = alphabetOf(needles);
    this.#graph = buildNeedleGraph(needles, this.alphabet);
    this.longest = needles.reduce(
      (longest, needle) => Math.max(longest, "trigger" in needle ? needle.trigger.longest : needle.term.length),
      1,
    );
    this.table = new Int32Array(this.alphabet.size * 64).fill(unknown);
    this.#stateFor([]);
    const lineBreak = this.resolve(0, lineBreakUnit);
    this.start = lineBreak < 0 ? ~lineBreak : lineBreak;
  }

  /** The set of needles that end in `state`; 0 is the empty set. Sets stay valid after `reset`. */
  endingAt(state: number): number {
    return this.#setOfState[state / this.alphabet.size] ?? 0;
  }

  needlesOf(set: number): readonly number[] {
    return this.#sets[set] ?? [];
  }

  /** Computes and stores the entry for `letter` in `state`. */
  resolve(state: number, letter: number): number {
    const reached = new Set(this.#reachedFromStart(letter));
    for (const node of this.#nodesOfState[state / this.alphabet.size] ?? []) {
      for (const { open, target } of this.#graph[node]!.ways) if (open[letter] === 1) reached.add(target);
    }
    const next = this.#stateFor([...reached].sort((one, other) => one - other));
    const entry = this.endingAt(next) > 0 ? ~next : next;
    this.table[state + letter] = entry;
    return entry;
  }

  /** Whether the states have used up the budget. The scan then calls `reset`. */
  get isFull(): boolean {
    return this.#nodesOfState.length * this.alphabet.size > maxEntries;
  }

  /** Forgets every state except the root, the start and the given ones. Returns the new numbers of the given ones. */
  reset(states: readonly number[]): readonly number[] {
    const nodesOf = (state: number): readonly number[] => this.#nodesOfState[state / this.alphabet.size] ?? [];
    // In the constructor's order, so that `start` keeps its number.
    const kept = [0, this.start, ...states].map(nodesOf);
    this.#nodesOfState = [];
    this.#setOfState = [];
    this.#stateByNodes = new Map();
    this.table = new Int32Array(this.alphabet.size * 64).fill(unknown);
    return kept.map((nodes) => this.#stateFor(nodes)).slice(2);
  }

  /** The nodes reached from the start by each letter. The start has many ways, so each letter is worked out once. */
  #reachedFromStart(letter: number): readonly number[] {
    let reached = this.#fromStart[letter];
    if (reached === undefined) {
      reached = this.#graph[0]!.ways.filter(({ open }) => open[letter] === 1).map(({ target }) => target);
      this.#fromStart[letter] = reached;
    }
    return reached;
  }

  #stateFor(nodes: readonly number[]): number {
    const key = nodes.join();
    const known = this.#stateByNodes.get(key);
    if (known !== undefined) return known;
    const state = this.#nodesOfState.push(nodes) * this.alphabet.size - this.alphabet.size;
    this.#setOfState.push(this.#internSet(nodes));
    this.#stateByNodes.set(key, state);
    if (state + this.alphabet.size > this.table.length) {
      const larger = new Int32Array(this.table.length * 2).fill(unknown, this.table.length);
      larger.set(this.table);
      this.table = larger;
    }
    return state;
  }

  #internSet(nodes: readonly number[]): number {
    const needles = [...new Set(nodes.flatMap((node) => this.#graph[node]?.needles ?? []))].sort((a, b) => a - b);
    const key = needles.join();
    const known = this.#setByNeedles.get(key);
    if (known !== undefined) return known;
    const set = this.#sets.push(needles) - 1;
    this.#setByNeedles.set(key, set);
    return set;
  }
}

function alphabetOf(needles: readonly Needle[]): Alphabet {
  const classes = needles.flatMap((needle) => ("trigger" in needle ? needle.trigger.steps.map(({ of }) => of) : []));
  const units = new Set<number>();
  for (const needle of needles) {
    if ("trigger" in needle) continue;
    for (let index = 0; index < needle.term.length; index++) {
      for (const unit of unitsAt(needle.term, index, needle.case)) units.add(unit);
    }
  }
  return createAlphabet(classes, units);
}
