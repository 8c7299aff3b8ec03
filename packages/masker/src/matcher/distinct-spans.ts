import type { CodeUnits } from "./code-units.ts";
import type { Span } from "./span.ts";

/** One span of each text that the spans stand for: the places, in their list, of the first ones. Makes no strings. */
export function distinctSpans(units: CodeUnits, spans: readonly Span[]): number[] {
  const mask = 2 ** Math.ceil(Math.log2(spans.length * 2 + 2)) - 1;
  /** Open addressing; a place is kept plus one, so that 0 is free. */
  const slots = new Int32Array(mask + 1);
  const hashes = new Int32Array(spans.length);
  // One's own, so that nobody can choose texts that all want the same place.
  const seed = Math.floor(Math.random() * 2 ** 32);
  const first: number[] = [];
  spans.forEach((span, place) => {
    const hash = hashOf(units, span, seed);
    let slot = hash & mask;
    while (slots[slot] !== 0) {
      const known = slots[slot]! - 1;
      if (hashes[known] === hash && isSameText(units, spans[known]!, span)) return;
      slot = (slot + 1) & mask;
    }
    slots[slot] = place + 1;
    hashes[place] = hash;
    first.push(place);
  });
  return first;
}

function hashOf(units: CodeUnits, { start, end }: Span, seed: number): number {
  let hash = seed ^ (end - start);
  for (let index = start; index < end; index++) hash = Math.imul(hash ^ units[index]!, 0x0100_0193);
  return hash ^ (hash >>> 15);
}

function isSameText(units: CodeUnits, one: Span, other: Span): boolean {
  if (one.end - one.start !== other.end - other.start) return false;
  const shift = other.start - one.start;
  for (let index = one.start; index < one.end; index++) if (units[index] !== units[index + shift]) return false;
  return true;
}
