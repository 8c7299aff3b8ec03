import type { Original } from "../encryption/original.ts";
import type { DraftDocument } from "../mask/draft.ts";
import { replaceRanges } from "./replace-ranges.ts";

/** Finds what has to be masked in plain text. */
export const draftText: DraftDocument = (text, detector, reader, isKept) => {
  const { findings, first } = detector.find(text, isKept);
  const originals: Original[] = [];
  const originalOf = new Int32Array(findings.length);
  // Occasionally one piece of text is found as two types. Only then is a map needed to find its other entries again.
  const positions = new Map<string, number>();
  findings.forEach(({ label: { type }, start, end }, place) => {
    const like = first[place]!;
    const key = findings[like]!.label.type === type ? undefined : `${type} ${like}`;
    let position = key === undefined ? originalOf[like] : positions.get(key);
    if (like === place || position === undefined)
      position = originals.push({ type, value: text.slice(start, end) }) - 1;
    if (key !== undefined) positions.set(key, position);
    originalOf[place] = position;
  });
  return {
    found: findings,
    originals,
    originalOf,
    kept: isKept === undefined ? [] : reader.read(text).filter(isKept),
    write: (tokens) => replaceRanges(text, findings, tokens),
  };
};
