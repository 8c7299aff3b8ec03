import { either, type Found, nowhere, orElse } from "./found.ts";
import type { PathPiece } from "./path/path-piece.ts";
import type { Branch, Leaf, RouteTarget } from "./route-tree.ts";

/**
 * Follows all readings of a path at once. Only a path that is spelled like a pattern certainly means it. Where it only looks
 * like the pattern to some server, the next pattern may be meant as well.
 *
 * Each branch meets each piece once, so the time it takes is linear in the length of the path.
 */
export class RouteSearch<Target extends RouteTarget> {
  readonly #pieces: readonly PathPiece[];
  readonly #method: string;
  /** Results that are kept because several readings come to the same place. */
  readonly #known: Map<Branch<Target>, Found<Target>[]> | undefined;
  readonly #knownInside: Map<Branch<Target>, Found<Target>[]> | undefined;

  constructor(pieces: readonly PathPiece[], method: string) {
    this.#pieces = pieces;
    this.#method = method;
    if (pieces.every((piece) => piece.folded !== "" && piece.after === "/")) return;
    this.#known = new Map();
    this.#knownInside = new Map();
  }

  /** What the pieces from `index` on lead to under `branch`. */
  from(branch: Branch<Target>, index: number): Found<Target> {
    const known = this.#known?.get(branch)?.[index];
    if (known !== undefined) return known;
    const through = this.#through(branch, index);
    const found = through.mayMiss ? orElse(through, this.#below(branch)) : through;
    return keep(this.#known, branch, index, found);
  }

  #through(branch: Branch<Target>, index: number): Found<Target> {
    const piece = this.#pieces[index];
    if (piece === undefined) return this.#here(branch, false);
    if (piece.written === "" && index === this.#pieces.length - 1) return this.#here(branch, true);
    let found = this.#segment(branch, piece, index);
    if (mayBeNothing(piece)) found = either(this.from(branch, index + 1), found);
    // A router that is mounted on the part before a backslash sees one more slash.
    return piece.after === "\\" ? either(found, nowhere) : found;
  }

  #segment(branch: Branch<Target>, piece: PathPiece, index: number): Found<Target> {
    let named: Found<Target> = nowhere;
    const child = branch.names.get(piece.folded);
    if (child !== undefined) {
      named = this.from(child.branch, index + 1);
      const isCertain = piece.written !== undefined && child.spellings.has(piece.written);
      if (!isCertain) named = { targets: named.targets, mayMiss: true };
    }
    return named.mayMiss && branch.any !== undefined ? orElse(named, this.#inside(branch.any, index)) : named;
  }

  /** A segment of any name ends with this piece, or goes on if the next separator may be part of the name. */
  #inside(branch: Branch<Target>, index: number): Found<Target> {
    const known = this.#knownInside?.get(branch)?.[index];
    if (known !== undefined) return known;
    const ended = this.from(branch, index + 1);
    const goesOn = (this.#pieces[index + 1]?.after ?? "/") !== "/";
    if (!goesOn) return ended;
    return keep(this.#knownInside, branch, index, either(ended, this.#inside(branch, index + 1)));
  }

  #here(branch: Branch<Target>, isSlash: boolean): Found<Target> {
    const leaf = this.#leaf(branch.here);
    if (leaf === undefined) return nowhere;
    return leaf.endsWithSlash === isSlash ? leaf.certain : leaf.uncertain;
  }

  #below(branch: Branch<Target>): Found<Target> {
    return this.#leaf(branch.below)?.certain ?? nowhere;
  }

  /** The leaf that lists the method, else the one for all methods. What answers GET also answers HEAD. */
  #leaf(leaves: readonly Leaf<Target>[]): Leaf<Target> | undefined {
    const listing = (method: string) => leaves.find(({ target: { methods } }) => methods?.has(method));
    if (leaves.length === 0) return undefined;
    return (
      listing(this.#method) ??
      (this.#method === "HEAD" ? listing("GET") : undefined) ??
      leaves.find(({ target: { methods } }) => methods === undefined)
    );
  }
}

function mayBeNothing({ folded, dots, dotsDepth }: PathPiece): boolean {
  return folded === "" && (dots < 2 || dotsDepth === Number.POSITIVE_INFINITY);
}

function keep<Key, Value>(known: Map<Key, Value[]> | undefined, key: Key, index: number, value: Value): Value {
  if (known === undefined) return value;
  const values = known.get(key) ?? [];
  known.set(key, values);
  values[index] = value;
  return value;
}
