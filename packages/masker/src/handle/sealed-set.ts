import { groupLetters } from "../encoding/base32.ts";
import { isHeldByHandle } from "../sealed-tokens/seal-layout.ts";
import type { SealedToken } from "../tokens/token-reference.ts";

/**
 * A handle names a seal by its first letters: 40 bits of the synthetic IV, which nobody can choose. The chance that another
 * genuine token begins with the same letters is 2^-40.
 */
export const sealNameLetters = groupLetters;

/** A sealed token for a handle to name. If its original is too long for the token, `box` holds it, sealed, in base64url. */
export type NamedSeal = SealedToken & { readonly box?: string | undefined };

/**
 * An immutable set of sealed tokens, with the sealed originals that are too long for their tokens.
 */
export class SealedSet {
  /** For each type, the names of the seals that hold their originals. */
  readonly #names: ReadonlyMap<string, ReadonlySet<string>>;
  /** For each type, the boxes of the other originals, by seal. */
  readonly #boxes: ReadonlyMap<string, ReadonlyMap<string, string>>;

  private constructor(
    names: ReadonlyMap<string, ReadonlySet<string>>,
    boxes: ReadonlyMap<string, ReadonlyMap<string, string>>,
  ) {
    this.#names = names;
    this.#boxes = boxes;
  }

  /** Leaves out a token that needs a box but has none. */
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

  /** The sealed original that was too long for this token. */
  boxOf({ type, seal }: SealedToken): string | undefined {
    return this.#boxes.get(type)?.get(seal);
  }

  /** For each type, in order, the names of the seals that hold their originals, in order. */
  get names(): readonly (readonly [type: string, names: readonly string[]])[] {
    return sorted(this.#names).map(([type, names]) => [type, [...names].sort()]);
  }

  /** For each type, in order, the other seals with their boxes, in order. */
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
