import type { CodeUnits } from "./code-units.ts";
import type { Span } from "./span.ts";

/** A bit above the unit (plus one) of a node's first way. It is set if the node has more ways. */
const moreBit = 1 << 17;

/**
 * Aho and Corasick's automaton over exact terms ("Efficient string matching", CACM 18(6), 1975), for a list of terms that
 * is used once. Time and memory are always linear in the terms and the text.
 *
 * Most nodes have a single way on. It is kept in columns, so that following a long term reads memory in order. A term branches
 * off from the others at most once, so there are fewer further ways than terms. They are in one table with open addressing.
 */
export class TermAutomaton {
  readonly #units: CodeUnits;
  /** For each node, the unit that its first way reads, plus one, with {@link moreBit}; 0 if it has none. */
  readonly #firstUnits: Int32Array;
  /** For each node, where its first way leads. */
  readonly #firstNodes: Int32Array;
  /** Three numbers for each further way: the node it leaves, the unit it reads, the node it leads to. -1 if free. */
  readonly #ways: Int32Array;
  readonly #mask: number;
  /** Random, so that nobody can choose units whose ways all collide. */
  readonly #seed = Math.floor(Math.random() * 2 ** 32);
  /** For each node, where to continue if no way reads the next unit. */
  readonly #fallbacks: Int32Array;
  /** For each node, the longest term that ends in it or in one of its fallbacks; -1 if there is none. */
  readonly #longest: Int32Array;
  #nodes = 1;

  /** @param terms parts of the text itself */
  constructor(units: CodeUnits, terms: readonly Span[]) {
    this.#units = units;
    const total = terms.reduce((sum, { start, end }) => sum + end - start, 0);
    this.#firstUnits = new Int32Array(total + 1);
    this.#firstNodes = new Int32Array(total + 1);
    const capacity = 2 ** Math.ceil(Math.log2(terms.length * 2 + 2));
    this.#ways = new Int32Array(capacity * 3).fill(-1);
    this.#mask = capacity - 1;
    this.#fallbacks = new Int32Array(total + 1);
    this.#longest = new Int32Array(total + 1).fill(-1);
    this.#addTerms(terms);
  }

  /** Calls back for each place where terms end, with the longest of them. */
  scan(found: (term: number, end: number) => void): void {
    const units = this.#units;
    let node = 0;
    for (let index = 0; index < units.length; index++) {
      node = this.#follow(node, units[index]!);
      const term = this.#longest[node]!;
      if (term >= 0) found(term, index + 1);
    }
  }

  /** Goes by depth, so that a node's fallback, which is less deep, is complete before it. */
  #addTerms(terms: readonly Span[]): void {
    const at = new Int32Array(terms.length);
    let growing = terms.map((_, term) => term);
    for (let depth = 0; growing.length > 0; depth++) {
      growing = growing.filter((term) => {
        const { start, end } = terms[term]!;
        at[term] = this.#extend(at[term]!, this.#units[start + depth]!, depth);
        if (end - start === depth + 1) this.#longest[at[term]!] = term;
        return end - start > depth + 1;
      });
    }
  }

  #extend(node: number, unit: number, depth: number): number {
    const known = this.#next(node, unit);
    if (known >= 0) return known;
    const made = this.#nodes++;
    const fallback = depth === 0 ? 0 : this.#follow(this.#fallbacks[node]!, unit);
    this.#addWay(node, unit, made);
    this.#fallbacks[made] = fallback;
    this.#longest[made] = this.#longest[fallback]!;
    return made;
  }

  #follow(from: number, unit: number): number {
    let node = from;
    while (true) {
      const next = this.#next(node, unit);
      if (next >= 0) return next;
      if (node === 0) return 0;
      node = this.#fallbacks[node]!;
    }
  }

  #addWay(node: number, unit: number, to: number): void {
    const first = this.#firstUnits[node]!;
    if (first === 0) {
      this.#firstUnits[node] = unit + 1;
      this.#firstNodes[node] = to;
      return;
    }
    this.#firstUnits[node] = first | moreBit;
    const slot = this.#slotOf(node, unit);
    this.#ways[slot] = node;
    this.#ways[slot + 1] = unit;
    this.#ways[slot + 2] = to;
  }

  /** Where the way that reads `unit` leads; -1 if there is none. */
  #next(node: number, unit: number): number {
    const first = this.#firstUnits[node]!;
    if ((first & (moreBit - 1)) === unit + 1) return this.#firstNodes[node]!;
    return first < moreBit ? -1 : this.#ways[this.#slotOf(node, unit) + 2]!;
  }

  /** The place of a way in the table, or the free place where it would go. */
  #slotOf(node: number, unit: number): number {
    let index = mix(Math.imul(node, 0x9e37_79b1) + unit, this.#seed) & this.#mask;
    while (this.#ways[index * 3]! >= 0 && (this.#ways[index * 3] !== node || this.#ways[index * 3 + 1] !== unit)) {
      index = (index + 1) & this.#mask;
    }
    return index * 3;
  }
}

/**
 * The finalizer of MurmurHash3. Nodes and units are consecutive numbers, which some factors of a simple multiplication would
 * all put in the same region.
 */
function mix(key: number, seed: number): number {
  let hash = key ^ seed;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return hash ^ (hash >>> 16);
}
