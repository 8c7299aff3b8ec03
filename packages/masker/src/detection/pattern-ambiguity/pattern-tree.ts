/**
 * A regular expression as far as its backtracking goes: which characters may follow one another, and where there is a
 * choice. What captures, looks around or asks for a place reads nothing and is only known to be able to fail.
 */
export type PatternTree =
  | { readonly kind: "set"; readonly set: number }
  | { readonly kind: "sequence"; readonly parts: readonly PatternTree[] }
  | { readonly kind: "choice"; readonly branches: readonly PatternTree[] }
  | Repeat
  /** A look-around: its body runs on its own and is never entered again. One that looks behind runs from right to left. */
  | { readonly kind: "look"; readonly body: PatternTree; readonly behind: boolean }
  /** Reads nothing and can fail: `\b`, `\B`. */
  | { readonly kind: "edge" }
  /** `^` or `$` at the ends of the text only: nothing is ever read on both sides of one. */
  | { readonly kind: "text-edge" };

export interface Repeat {
  readonly kind: "repeat";
  readonly body: PatternTree;
  readonly min: number;
  /** `Infinity` where there is none. */
  readonly max: number;
  /** Where it starts and ends in the pattern's source. */
  readonly start: number;
  readonly end: number;
}

/** What reads nothing and always succeeds. */
export const nothing: PatternTree = { kind: "sequence", parts: [] };

/** The fewest characters of any match; `Infinity` if there is none. */
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

/** The most characters of any match. */
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

/** Whether it succeeds wherever it is tried, as `a*` and `b?` do. */
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
