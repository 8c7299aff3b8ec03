import type { Detector, ShapeDetector } from "../detection/detector.ts";
import { isWordAt, isWordStart } from "../detection/edges.ts";
import type { Candidate } from "../detection/finding.ts";
import type { Trigger } from "../matcher/trigger.ts";

/**
 * For tests: finds values by trying every start in turn, without any of the matcher's shortcuts. A scanner has to find the
 * same.
 */
export function findByReference(detectors: readonly Detector[], text: string): Candidate[] {
  const shapes = detectors.filter((detector): detector is ShapeDetector => detector.kind === "shape");
  return shapes.flatMap((detector) => {
    const candidates: Candidate[] = [];
    for (const { begin, end } of detector.triggers.flatMap((trigger) => occurrences(trigger, text)).sort(byEnd)) {
      // Values of a detector don't overlap, so the next one begins after the last.
      const matchedUntil = candidates.at(-1)?.end ?? 0;
      for (const start of startsOf(detector, text, { begin, end }, matchedUntil)) {
        const valueEnd = start < matchedUntil ? -1 : matchAt(detector, text, start);
        if (valueEnd < 0 || !coversTrigger(detector, end, valueEnd)) continue;
        candidates.push(candidateOf(detector, start, valueEnd), ...followers(detector, text, valueEnd));
        break;
      }
    }
    return candidates;
  });
}

interface Occurrence {
  /** Where the trigger begins, after its lead. */
  readonly begin: number;
  readonly end: number;
}

function byEnd(one: Occurrence, other: Occurrence): number {
  return one.end - other.end || one.begin - other.begin;
}

function candidateOf(
  { type, priority = 0, confidence = "high" }: ShapeDetector,
  start: number,
  end: number,
): Candidate {
  return { label: { type, priority, confidence, everywhere: false }, start, end };
}

/** Finds the following values of a list. */
function followers(detector: ShapeDetector, text: string, previousEnd: number): Candidate[] {
  const next = detector.start.at === "after" ? detector.start.next : undefined;
  if (next === undefined) return [];
  next.lastIndex = previousEnd;
  if (!next.test(text)) return [];
  const start = next.lastIndex;
  const end = matchAt(detector, text, start);
  return end < 0 ? [] : [candidateOf(detector, start, end), ...followers(detector, text, end)];
}

/** Finds every match of a trigger. The start of the text counts as a line break for its leading class. */
function occurrences({ steps, lead }: Trigger, text: string): Occurrence[] {
  const found: Occurrence[] = [];
  for (let begin = -1; begin < text.length; begin++) {
    let ends = new Set([begin]);
    for (const { of, min, max } of steps) {
      const after = new Set<number>();
      for (const from of ends) {
        for (let count = 0, at = from; count <= max; count++, at++) {
          if (count >= min) after.add(at);
          if (!of.has(at < 0 ? 0x0a : text.charCodeAt(at))) break;
        }
      }
      ends = after;
    }
    for (const end of ends) if (end > begin) found.push({ begin: begin + lead, end });
  }
  return found.filter(({ end }) => end > 0);
}

function startsOf({ start }: ShapeDetector, text: string, { begin, end }: Occurrence, matchedUntil: number): number[] {
  switch (start.at) {
    case "trigger":
      return [begin];
    case "after":
      start.gap.lastIndex = end;
      return start.gap.test(text) ? [start.gap.lastIndex] : [];
    case "run": {
      if (!matchesAhead(start.ahead, text, end)) return [];
      let runStart = begin;
      while (runStart > Math.max(matchedUntil, end - start.max) && start.of.has(text.charCodeAt(runStart - 1)))
        runStart--;
      const starts = Array.from({ length: end - runStart }, (_, index) => runStart + index);
      return starts.filter((at) => at === runStart || (isWordAt(text, at) && isWordStart(text, at)));
    }
  }
}

function matchesAhead(ahead: RegExp | undefined, text: string, at: number): boolean {
  if (ahead === undefined) return true;
  ahead.lastIndex = at;
  return ahead.test(text);
}

function coversTrigger({ start }: ShapeDetector, triggerEnd: number, valueEnd: number): boolean {
  return start.at !== "run" || valueEnd >= triggerEnd - (start.tail ?? 0);
}

function matchAt({ pattern, edges = "word", validate }: ShapeDetector, text: string, at: number): number {
  if (edges === "word" && isWordAt(text, at) && !isWordStart(text, at)) return -1;
  pattern.lastIndex = at;
  if (!pattern.test(text) || pattern.lastIndex === at) return -1;
  const end = pattern.lastIndex;
  if (edges === "word" && isWordAt(text, end) && isWordAt(text, end - 1)) return -1;
  return validate === undefined || validate(text.slice(at, end)) ? end : -1;
}
