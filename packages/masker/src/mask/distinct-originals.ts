import type { Original } from "../encryption/original.ts";

/** The originals of a document, each listed once, and which of them stands at each place. */
export interface DistinctOriginals {
  readonly originals: readonly Original[];
  /** For each place of the document, in order, the index of its original in `originals`. */
  readonly originalOf: ArrayLike<number>;
}

export function distinctOriginals(values: readonly Original[]): DistinctOriginals {
  const originals: Original[] = [];
  // A map of maps, because a joined key would allocate a new string for every occurrence of a value.
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
