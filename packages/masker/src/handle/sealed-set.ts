import { groupLetters } from "../encoding/base32.ts";
import { isHeldByHandle } from "../sealed-tokens/seal-layout.ts";
import type { SealedToken } from "../tokens/token-reference.ts";

/**
 * So many letters of a seal name it: 40 bits of its synthetic IV, which nobody can choose. Another genuine token has the
 * same ones with a chance of 2^-40.
 */
export const sealNameLetters = groupLetters;

/** A sealed token that is to be named; with the original of one whose token doesn't hold it, sealed, in base64url. */
export type NamedSeal = SealedToken & { readonly box?: string | undefined };

/**
 * A set of sealed tokens, and the sealed originals of those that are too long to be repeated.
 *
 * Immutable.
 */
export class SealedSet {
  /** Of each type: the names of short ones. */
  readonly #names: ReadonlyMap<string, ReadonlySet<string>>;
  /** Of each type: the boxes of long ones, by their seals. */
  readonly #boxes: ReadonlyMap<string, ReadonlyMap<string, string>>;

  private constructor(
    names: ReadonlyMap<string, ReadonlySet<string>>,
    boxes: ReadonlyMap<string, ReadonlyMap<string, string>>,
  ) {
    this.#names = names;
    this.#boxes = boxes;
  }

  /** A long one without its box names nothing. */
  static of(tokens: Iterable<NamedSeal>): SealedSet {
    const names = new Map<string, Set<string>>();
    const boxes = new Map<string, Map<string, string>>();
    for (const { type, seal, box } of tokens) {
      if (!isHeldByHandle(seal)) of(names, type, () => new Set<string>()).add(seal.slice(0, sealNameLetters));
      else if (box !== undefined) of(boxes, type, () => new Map<string, string>()).set(seal, box);
    }
    return new SealedSet(names, boxes);
  }

  static union(sets: Iterable<SealedSet>): SealedSet {
    const names = new Map<string, Set<string>>();
    const boxes = new Map<string, Map<string, string>>();
    for (const set of sets) {
      for (const [type, list] of set.#names) {
        const all = of(names, type, () => new Set<string>());
        for (const name of list) all.add(name);
      }
      for (const [type, list] of set.#boxes) {
        const all = of(boxes, type, () => new Map<string, string>());
        for (const [seal, box] of list) all.set(seal, box);
      }
    }
    return new SealedSet(names, boxes);
  }

  has({ type, seal }: SealedToken): boolean {
    if (isHeldByHandle(seal)) return this.#boxes.get(type)?.has(seal) === true;
    return this.#names.get(type)?.has(seal.slice(0, sealNameLetters)) === true;
  }

  /** The sealed original of a long one. */
  boxOf({ type, seal }: SealedToken): string | undefined {
    return this.#boxes.get(type)?.get(seal);
  }

  /** Of each type, the types in order: the names of short ones, in order. */
  get names(): readonly (readonly [type: string, names: readonly string[]])[] {
    return sorted(this.#names).map(([type, names]) => [type, [...names].sort()]);
  }

  /** Of each type, the types in order: the seals of long ones with their boxes, in order. */
  get boxes(): readonly (readonly [type: string, boxes: readonly (readonly [seal: string, box: string])[]])[] {
    return sorted(this.#boxes).map(([type, boxes]) => [type, sorted(boxes)]);
  }
}

function of<Value>(map: Map<string, Value>, key: string, create: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = create();
    map.set(key, value);
  }
  return value;
}

function sorted<Value>(map: ReadonlyMap<string, Value>): readonly (readonly [string, Value])[] {
  return [...map].sort(([one], [other]) => (one < other ? -1 : 1));
}
