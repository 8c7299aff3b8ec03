import type { Detector, ShapeDetector } from "../detection/detector.ts";
import { isWordAt, isWordStart } from "../detection/edges.ts";
import type { Candidate } from "../detection/finding.ts";
import type { Trigger } from "../matcher/trigger.ts";

/**
 * For tests: what shape detectors find, by trying every start in turn, with none of the matcher's memory and none of its
 * shortcuts. What a scanner finds has to agree with this.
 */
export function findByReference(detectors: readonly Detector[], text: string): Candidate[] {
  const shapes = detectors.filter((detector): detector is ShapeDetector => detector.kind === "shape");
  return shapes.flatMap((detector) => {
    const candidates: Candidate[] = [];
    for (const trigger of detector.triggers) {
      for (const { begin, end } of occurrences(trigger, text)) {
        for (const start of startsOf(detector, text, begin + trigger.lead, end)) {
          const valueEnd = matchAt(detector, text, start);
          if (valueEnd < 0 || !coversTrigger(detector, end, valueEnd)) continue;
          const { type, priority = 0, confidence = "high" } = detector;
          candidates.push({ type, start, end: valueEnd, priority, confidence, everywhere: false });
          break;
        }
      }
    }
    return candidates;
  });
}

/** Every place where a trigger matches; its leading class also accepts the start of the text, as a line break. */
function occurrences({ steps }: Trigger, text: string): { begin: number; end: number }[] {
  const found: { begin: number; end: number }[] = [];
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
    for (const end of ends) if (end > begin) found.push({ begin, end });
  }
  return found.filter(({ end }) => end > 0);
}

function startsOf({ start }: ShapeDetector, text: string, begin: number, end: number): number[] {
  switch (start.at) {
    case "trigger":
      return [begin];
    case "after":
      start.gap.lastIndex = end;
      return start.gap.test(text) ? [start.gap.lastIndex] : [];
    case "run": {
      let runStart = begin;
      while (runStart > Math.max(0, end - start.max) && start.of.has(text.charCodeAt(runStart - 1))) runStart--;
      const starts = Array.from({ length: end - runStart }, (_, index) => runStart + index);
      return starts.filter((at) => at === runStart || (isWordAt(text, at) && isWordStart(text, at)));
    }
  }
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
