/**
 * What matters about a regular expression for backtracking: which characters may follow one another, and where there is a
 * choice. Look-arounds and assertions read nothing, and all that is known about them is that they can fail.
 */
export type PatternTree =
  | { readonly kind: "set"; readonly set: number }
  | { readonly kind: "sequence"; readonly parts: readonly PatternTree[] }
  | { readonly kind: "choice"; readonly branches: readonly PatternTree[] }
  | Repeat
  /** A look-around. Its body runs by itself and is never re-entered. A look-behind runs from right to left. */
  | { readonly kind: "look"; readonly body: PatternTree; readonly behind: boolean }
  /** Reads nothing and can fail: `\b`, `\B`. */
  | { readonly kind: "edge" }
  /** `^` or `$` without the flag `m`. Nothing is ever read on both sides of one. */
  | { readonly kind: "text-edge" };

export interface Repeat {
  readonly kind: "repeat";
  readonly body: PatternTree;
  readonly min: number;
  /** `Infinity` if there is none. */
  readonly max: number;
  /** Where it starts and ends in the pattern's source. */
  readonly start: number;
  readonly end: number;
}

/** Reads nothing and always succeeds. */
export const nothing: PatternTree = { kind: "sequence", parts: [] };

/** The length of the shortest match in characters; `Infinity` if there is none. */
export function shortestOf(tree: PatternTree): number {
  switch (tree.kind) {
    case "set":
      return 1;
    case "sequence":
      return tree.parts.reduce((sum, part) => sum + shortestOf(part), 0);
    case "choice":
      return Math.min(...tree.branches.map(shortestOf));
    case "repeat":
      return tree.min === 0 ? 0 : tree.min * shortestOf(tree.body);
    default:
      return 0;
  }
}

/** The length of the longest match in characters. */
export function longestOf(tree: PatternTree): number {
  switch (tree.kind) {
    case "set":
      return 1;
    case "sequence":
      return tree.parts.reduce((sum, part) => sum + longestOf(part), 0);
    case "choice":
      return Math.max(...tree.branches.map(longestOf));
    case "repeat": {
      const body = longestOf(tree.body);
      return body === 0 ? 0 : tree.max * body;
    }
    default:
      return 0;
  }
}

/** Whether it succeeds everywhere, as `a*` and `b?` do. */
export function alwaysMatches(tree: PatternTree): boolean {
  switch (tree.kind) {
    case "sequence":
      return tree.parts.every(alwaysMatches);
    case "choice":
      return tree.branches.some(alwaysMatches);
    case "repeat":
      return tree.min === 0 || alwaysMatches(tree.body);
    default:
      return false;
  }
}
