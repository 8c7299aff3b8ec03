import type { CodeUnits } from "./code-units.ts";
import type { Span } from "./span.ts";
import { countSameBytes, hashBytes, memoryOf } from "./text-memory.ts";

/** How many steps past other texts the search may take per span. Without collisions it takes half a step. */
const maxSteps = 8;

/**
 * Finds for each span the index of the first span with the same text.
 *
 * It makes no strings unless hashes collide. Whoever knows this hash can write texts that collide, whatever the seed. It then
 * falls back to a `Map` of strings, which is as safe as the engine's own hash.
 *
 * @param units the code units of `text`
 */
export function firstAlike(text: string, units: CodeUnits, spans: readonly Span[]): Int32Array {
  return pairByUnits(units, spans) ?? pairByText(text, spans);
}

/** @returns undefined if it would take too many steps */
function pairByUnits(units: CodeUnits, spans: readonly Span[]): Int32Array | undefined {
  const memory = memoryOf(units);
  const width = units.BYTES_PER_ELEMENT;
  const mask = 2 ** Math.ceil(Math.log2(spans.length * 2 + 2)) - 1;
  /** Open addressing. An entry is an index plus one, so that 0 means free. */
  const slots = new Int32Array(mask + 1);
  const hashes = new Int32Array(spans.length);
  const first = new Int32Array(spans.length);
  const seed = Math.floor(Math.random() * 2 ** 32);
  let stepsLeft = maxSteps * spans.length;
  const isAlike = (known: Span, { start, end }: Span): boolean => {
    const length = (end - start) * width;
    return (
      known.end - known.start === end - start &&
      countSameBytes(memory, known.start * width, start * width, length) === length
    );
  };
  for (let place = 0; place < spans.length; place++) {
    const span = spans[place]!;
    const hash = hashBytes(memory, span.start * width, (span.end - span.start) * width, seed);
    hashes[place] = hash;
    let slot = hash & mask;
    let known = slots[slot]! - 1;
    while (known >= 0 && (hashes[known] !== hash || !isAlike(spans[known]!, span))) {
      if (--stepsLeft < 0) return undefined;
      slot = (slot + 1) & mask;
      known = slots[slot]! - 1;
    }
    if (known < 0) slots[slot] = place + 1;
    first[place] = known < 0 ? place : known;
  }
  return first;
}

function pairByText(text: string, spans: readonly Span[]): Int32Array {
  const placeOf = new Map<string, number>();
  return Int32Array.from(spans, ({ start, end }, place) => {
    const value = text.slice(start, end);
    const known = placeOf.get(value);
    if (known === undefined) placeOf.set(value, place);
    return known ?? place;
  });
}
