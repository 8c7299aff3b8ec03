import type { Original } from "../encryption/cipher.ts";

/** The originals of a document, and which of them each place of the document holds. */
export interface DistinctOriginals {
  /** Each once. */
  readonly originals: readonly Original[];
  /** For each place, in order, where its original is in the list. */
  readonly originalOf: ArrayLike<number>;
}

export function distinctOriginals(values: readonly Original[]): DistinctOriginals {
  const originals: Original[] = [];
  // A map in a map: a key joined of type and value would be a new string for every place of a value.
  const positionsByType = new Map<string, Map<string, number>>();
  const originalOf = values.map(({ type, value }) => {
    let positions = positionsByType.get(type);
    if (positions === undefined) {
      positions = new Map();
      positionsByType.set(type, positions);
    }
    let position = positions.get(value);
    if (position === undefined) {
      position = originals.push({ type, value }) - 1;
      positions.set(value, position);
    }
    return position;
  });
  return { originals, originalOf };
}
