/** How many values any instance may see. */
const common = 2_000;
/** How far apart the values of each instance's own begin. */
const ownFrom = 1_000_000;
const perDocument = 10;

/**
 * The values of an instance's nth document, as indexes for `instanceId`: half are its own and new, half are common to all,
 * new to it in most documents and asked for by several instances at about the same time.
 */
export function documentOf(instance: number, nth: number): readonly number[] {
  return Array.from({ length: perDocument }, (_, place) =>
    place % 2 === 0
      ? ownFrom * (instance + 1) + nth * perDocument + place
      : (nth * (perDocument >> 1) + (place >> 1) + (instance % 3)) % common,
  );
}
