import { Automaton } from "../matcher/automaton.ts";
import { type CodeUnits, codeUnitsOf } from "../matcher/code-units.ts";
import type { Needle } from "../matcher/needle.ts";
import { scan } from "../matcher/scan.ts";
import type { Trigger } from "../matcher/trigger.ts";
import type { Detector, PatternDetector, ShapeDetector } from "./detector.ts";
import type { Candidate, Label } from "./finding.ts";
import { findPattern } from "./pattern-finder.ts";
import { ShapeFinder } from "./shape-finder.ts";

/** What to do where a needle ends. */
type Lead =
  | {
      readonly kind: "shape";
      readonly detector: number;
      readonly label: Label;
      readonly shortest: number;
      readonly lead: number;
    }
  | { readonly kind: "term"; readonly label: Label; readonly length: number }
  | { readonly kind: "mark" };

export interface ScanResult {
  readonly candidates: Candidate[];
  /** Whether one of the marks was seen. */
  readonly marked: boolean;
  /** The text's code units, for later passes over it. */
  readonly units: CodeUnits;
}

export interface Scanner {
  /** Returns everything that a detector takes for a value, in no order. Candidates may overlap. */
  find(text: string): ScanResult;
}

/**
 * Compiles detectors into one automaton.
 *
 * @param marks triggers that are looked for in the same pass, only to report whether one fired
 */
export function createScanner(detectors: readonly Detector[], marks: readonly Trigger[] = []): Scanner {
  const shapes = detectors.filter((detector): detector is ShapeDetector => detector.kind === "shape");
  const patterns = detectors.filter((detector): detector is PatternDetector => detector.kind === "pattern");
  const needles: Needle[] = [];
  const leads: Lead[] = [];
  const add = (needle: Needle, lead: Lead): void => {
    needles.push(needle);
    leads.push(lead);
  };

  shapes.forEach((shape, detector) => {
    const label = labelOf(shape);
    for (const trigger of shape.triggers) {
      const shortest = trigger.steps.reduce((sum, { min }) => sum + min, 0);
      add({ trigger }, { kind: "shape", detector, label, shortest, lead: trigger.lead });
    }
  });
  for (const detector of detectors) {
    if (detector.kind !== "terms") continue;
    const label = labelOf(detector);
    for (const term of detector.terms) {
      add({ term, case: detector.case ?? "sensitive" }, { kind: "term", label, length: term.length });
    }
  }
  for (const trigger of marks) add({ trigger }, { kind: "mark" });
  const automaton = new Automaton(needles);

  const createFinders = (): ShapeFinder[] => shapes.map((detector) => new ShapeFinder(detector));
  // Kept between texts, because engines discard compiled code with the last object that it was compiled for.
  const kept = createFinders();
  let isBusy = false;

  function findWith(finders: readonly ShapeFinder[], text: string): ScanResult {
    const candidates: Candidate[] = [];
    let marked = false;
    const units = codeUnitsOf(text);
    for (const hits of scan(automaton, units)) {
      for (let hit = 0; hit < hits.count; hit++) {
        const end = hits.endAt(hit);
        for (const needle of automaton.needlesOf(hits.setAt(hit))) {
          const lead = leads[needle]!;
          if (lead.kind === "mark") {
            marked = true;
          } else if (lead.kind === "term") {
            candidates.push({ label: lead.label, start: end - lead.length, end });
          } else {
            const finder = finders[lead.detector]!;
            let start = finder.find(text, units, end, lead.shortest, lead.lead);
            while (start >= 0) {
              candidates.push({ label: lead.label, start, end: finder.end });
              start = finder.findNext(text, units);
            }
          }
        }
      }
    }
    for (const detector of patterns) {
      const label = labelOf(detector);
      for (const { start, end } of findPattern(detector, text)) candidates.push({ label, start, end });
    }
    return { candidates, marked, units };
  }

  return {
    find(text) {
      // A validator may scan another text while this one is being scanned.
      if (isBusy) return findWith(createFinders(), text);
      isBusy = true;
      try {
        for (const finder of kept) finder.restart();
        return findWith(kept, text);
      } finally {
        isBusy = false;
      }
    },
  };
}

/** Made once per detector, because reading objects of many different shapes is slow. */
function labelOf({ type, confidence = "high", priority = 0, kind }: Detector): Label {
  return { type, confidence, priority, everywhere: kind === "terms" };
}
