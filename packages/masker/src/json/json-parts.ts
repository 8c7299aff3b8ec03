import type { DocumentParts } from "../detection/document-parts.ts";
import type { Candidate } from "../detection/finding.ts";
import type { JsonDocument } from "./json-document.ts";

/**
 * The parts of a JSON document that can contain values. A value is within one string, or it is a whole number. What lies
 * between strings and numbers is never replaced, even if a detector takes it for part of a value.
 */
export function jsonParts(document: JsonDocument): DocumentParts {
  const { view, shielded, slots, texts } = document;
  const isNumber = (slot: number) => texts[slots.textOf(slot)]!.text.charAt(slots.fromOf(slot) - 1) !== '"';

  function* cut(candidate: Candidate): Iterable<Candidate> {
    for (let slot = slots.firstBehind(candidate.start); slot < slots.count; slot++) {
      const [slotStart, slotEnd] = [slots.startOf(slot), slots.endOf(slot)];
      if (slotStart >= candidate.end) return;
      if (isNumber(slot)) {
        yield { ...candidate, start: slotStart, end: slotEnd };
      } else {
        const start = wholePair(view, Math.max(candidate.start, slotStart), slotStart, -1);
        yield { ...candidate, start, end: wholePair(view, Math.min(candidate.end, slotEnd), slotEnd, 1) };
      }
    }
  }

  /** Keeps what begins exactly where a slot begins. Everything else was already found in the view itself. */
  function* cutFilling(candidate: Candidate): Iterable<Candidate> {
    const slot = slots.firstBehind(candidate.start);
    if (slot < slots.count && slots.startOf(slot) === candidate.start) {
      yield { ...candidate, end: Math.min(candidate.end, slots.endOf(slot)) };
    }
  }

  return shielded === undefined ? { cut } : { cut, shielded: { text: shielded, cut: cutFilling } };
}

/** Moves `at` by `step` if it would split a surrogate pair, because each half would then be escaped separately. */
function wholePair(view: string, at: number, limit: number, step: 1 | -1): number {
  const partsPair = (view.charCodeAt(at - 1) & 0xfc00) === 0xd800 && (view.charCodeAt(at) & 0xfc00) === 0xdc00;
  return partsPair && at !== limit ? at + step : at;
}
