import type { CodeUnits } from "./code-units.ts";
import type { Span } from "./span.ts";

/**
 * Aho and Corasick's automaton over exact terms ("Efficient string matching", CACM 18(6), 1975), for a list of terms that
 * is used once: time and memory are linear in the terms and the text, whatever they are.
 *
 * The ways from node to node lie in one table with open addressing; a list of objects would take longer to make than
 * most searches take.
 */
export class TermAutomaton {
  /** Three numbers a way: the node it leaves, the unit it reads, the node it leads to; -1 where there is none. */
  readonly #ways: Int32Array;
  readonly #units: CodeUnits;
  readonly #mask: number;
  readonly #shift: number;
  /** Odd, and of one's own, so that nobody can choose units whose ways all want the same place. */
  readonly #factor = Math.floor(Math.random() * 2 ** 31) * 2 + 1;
  /** Where to go on when no way reads the next unit. */
  readonly #fallbacks: Int32Array;
  /** The longest term that ends in each node or in one of its fallbacks; -1 for none. */
  readonly #longest: Int32Array;
  #nodes = 1;

  /** @param terms parts of the text itself */
  constructor(units: CodeUnits, terms: readonly Span[]) {
    this.#units = units;
    const total = terms.reduce((sum, { start, end }) => sum + end - start, 0);
    const capacity = 2 ** Math.ceil(Math.log2(total * 2 + 2));
    this.#ways = new Int32Array(capacity * 3).fill(-1);
    this.#mask = capacity - 1;
    this.#shift = 32 - Math.log2(capacity);
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
    const slot = this.#slotOf(node, unit);
    const known = this.#ways[slot + 2]!;
    if (known >= 0) return known;
    const made = this.#nodes++;
    const fallback = depth === 0 ? 0 : this.#follow(this.#fallbacks[node]!, unit);
    this.#ways[slot] = node;
    this.#ways[slot + 1] = unit;
    this.#ways[slot + 2] = made;
    this.#fallbacks[made] = fallback;
    this.#longest[made] = this.#longest[fallback]!;
    return made;
  }

  #follow(from: number, unit: number): number {
    let node = from;
    while (true) {
      const next = this.#ways[this.#slotOf(node, unit) + 2]!;
      if (next >= 0) return next;
      if (node === 0) return 0;
      node = this.#fallbacks[node]!;
    }
  }

  /** The place of a way in the table, or the free one where it would be. */
  #slotOf(node: number, unit: number): number {
    const way = Math.imul(node, 0x9e37_79b1) + unit;
    // Nodes are counted up: multiplied alone they would lie evenly, or for one factor in a hundred all in a heap.
    let index = Math.imul(way ^ (way >>> 15), this.#factor) >>> this.#shift;
    while (this.#ways[index * 3]! >= 0 && (this.#ways[index * 3] !== node || this.#ways[index * 3 + 1] !== unit)) {
      index = (index + 1) & this.#mask;
    }
    return index * 3;
  }
}
