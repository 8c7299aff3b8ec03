/** The types as a tree of code units, so that reading one takes a step per character, however many types there are. */
export interface TypeTrie {
  /** The type that ends here. */
  readonly type: string | undefined;
  readonly next: ReadonlyMap<number, TypeTrie>;
}

interface Node {
  type: string | undefined;
  readonly next: Map<number, Node>;
}

export function buildTypeTrie(types: Iterable<string>): TypeTrie {
  const root: Node = { type: undefined, next: new Map() };
  for (const type of types) {
    let node = root;
    for (let index = 0; index < type.length; index++) {
      const unit = type.charCodeAt(index);
      let next = node.next.get(unit);
      if (next === undefined) {
        next = { type: undefined, next: new Map() };
        node.next.set(unit, next);
      }
      node = next;
    }
    node.type = type;
  }
  return root;
}
