import type { CodeUnits } from "./code-units.ts";
import type { Span } from "./span.ts";

/** In a node's first way, above the unit that it reads (plus one, so that 0 is none): set where there are more ways. */
const moreBit = 1 << 17;

/**
 * Aho and Corasick's automaton over exact terms ("Efficient string matching", CACM 18(6), 1975), for a list of terms that
 * is used once: time and memory are linear in the terms and the text, whatever they are.
 *
 * Most nodes have one way on, which is kept in columns, so that who follows a long term reads memory in order. Each term
 * leaves the others once at most, so there are fewer further ways than terms; they lie in one table with open addressing.
 */
export class TermAutomaton {
  readonly #units: CodeUnits;
  /** Of each node the unit that its first way reads, plus one, and {@link moreBit}; 0 for none. */
  readonly #firstUnits: Int32Array;
  /** The node that this way leads to. */
  readonly #firstNodes: Int32Array;
  /** Three numbers a further way: the node it leaves, the unit it reads, the node it leads to; -1 where there is none. */
  readonly #ways: Int32Array;
  readonly #mask: number;
  /** One's own, so that nobody can choose units whose ways all want the same place. */
  readonly #seed = Math.floor(Math.random() * 2 ** 32);
  /** Where to go on when no way reads the next unit. */
  readonly #fallbacks: Int32Array;
  /** The longest term that ends in each node or in one of its fallbacks; -1 for none. */
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

  /** Told of the longest term that ends at each place where one ends. */
  scan(found: (term: number, end: number) => void): void {
    const units = this.#units;
    let node = 0;
    for (let index = 0; index < units.length; index++) {
      node = this.#follow(node, units[index]!);
      const term = this.#longest[node]!;
      if (term >= 0) found(term, index + 1);
    }
  }

  /** Node by node at the same depth, so that a node's fallback, which is less deep, is complete before it. */
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

  /** Where the way that reads `unit` leads to; -1 if there is none. */
  #next(node: number, unit: number): number {
    const first = this.#firstUnits[node]!;
    if ((first & (moreBit - 1)) === unit + 1) return this.#firstNodes[node]!;
    return first < moreBit ? -1 : this.#ways[this.#slotOf(node, unit) + 2]!;
  }

  /** The place of a way in the table, or the free one where it would be. */
  #slotOf(node: number, unit: number): number {
    let index = mix(Math.imul(node, 0x9e37_79b1) + unit, this.#seed) & this.#mask;
    while (this.#ways[index * 3]! >= 0 && (this.#ways[index * 3] !== node || this.#ways[index * 3 + 1] !== unit)) {
      index = (index + 1) & this.#mask;
    }
    return index * 3;
  }
}

/**
 * The finalizer of MurmurHash3. Nodes and units are counted up: with a single multiplication they would lie evenly, or
 * for some factors all in a heap.
 */
function mix(key: number, seed: number): number {
  let hash = key ^ seed;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return hash ^ (hash >>> 16);
}
