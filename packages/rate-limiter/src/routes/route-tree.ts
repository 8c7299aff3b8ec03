import type { Found } from "./found.ts";
import type { PathPiece } from "./path/path-piece.ts";
import type { RoutePattern } from "./route-pattern.ts";
import { RouteSearch } from "./route-search.ts";

/** What a pattern leads to: as much of a route as the tree has to know. */
export interface RouteTarget {
  /** In capitals; undefined for all methods. */
  readonly methods: ReadonlySet<string> | undefined;
}

/** Where a pattern ends. */
export interface Leaf<Target> {
  readonly target: Target;
  readonly endsWithSlash: boolean;
  readonly certain: Found<Target>;
  readonly uncertain: Found<Target>;
}

/** All patterns that share their first segments. */
export class Branch<Target extends RouteTarget> {
  readonly names = new Map<string, { readonly branch: Branch<Target>; readonly spellings: Set<string> }>();
  any: Branch<Target> | undefined;
  readonly here: Leaf<Target>[] = [];
  readonly below: Leaf<Target>[] = [];
}

/**
 * Patterns by their segments. The most specific one wins, in whatever order they were added: from left to right, a name goes
 * before any segment, and any segment before everything below.
 */
export class RouteTree<Target extends RouteTarget> {
  readonly #root = new Branch<Target>();

  /** @returns false if another pattern matches the same paths and methods already */
  add({ segments, below, endsWithSlash }: RoutePattern, target: Target): boolean {
    let branch = this.#root;
    for (const segment of segments) {
      if (segment === undefined) {
        branch.any ??= new Branch();
        branch = branch.any;
        continue;
      }
      const child = branch.names.get(segment.folded) ?? { branch: new Branch<Target>(), spellings: new Set() };
      for (const spelling of segment.spellings) child.spellings.add(spelling);
      branch.names.set(segment.folded, child);
      branch = child.branch;
    }
    const leaves = below ? branch.below : branch.here;
    const isFirst = !leaves.some((leaf) => overlap(leaf.target.methods, target.methods));
    const targets = [target];
    leaves.push({
      target,
      endsWithSlash,
      certain: { targets, mayMiss: false },
      uncertain: { targets, mayMiss: true },
    });
    return isFirst;
  }

  /** @param pieces a path, cut and its dots resolved in one way; names in it may still be read in several ways */
  find(pieces: readonly PathPiece[], method: string): Found<Target> {
    return new RouteSearch<Target>(pieces, method).from(this.#root, 0);
  }
}

/** A route for all methods doesn't overlap with one that lists some: the listed ones go first. */
function overlap(one: ReadonlySet<string> | undefined, other: ReadonlySet<string> | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return [...one].some((method) => other.has(method));
}
