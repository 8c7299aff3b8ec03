import type { Detector, ShapeDetector } from "@keyward/masker";
import { textOfPattern } from "./pattern-text.ts";
import { textOfSteps, unitOf } from "./shape-text.ts";

/** A text made to be slow: how it is made, for any length. */
export interface HostileText {
  readonly name: string;
  make(length: number): string;
}

/** What makes a detector look as often, as far and as much in vain as it can. */
export function hostileTextsFor(detectors: readonly Detector[]): readonly HostileText[] {
  return detectors.flatMap((detector, index) =>
    detector.kind === "shape"
      ? piecesFor(detector).map(([name, piece]) => repeated(`${detector.type}[${index}] ${name}`, piece))
      : [],
  );
}

/** `piece` again and again. */
export function repeated(name: string, piece: string): HostileText {
  return { name, make: (length) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length) };
}

function piecesFor(detector: ShapeDetector): readonly (readonly [name: string, piece: string])[] {
  const { start, pattern, triggers } = detector;
  const pieces = new Map<string, string>();
  // A detector's triggers differ in their words only: the first and the last one stand for all.
  for (const trigger of new Set([triggers[0]!, triggers.at(-1)!])) {
    const fired = textOfSteps(trigger.steps, "min");
    const longest = textOfSteps(trigger.steps, "max");
    pieces.set(`trigger ${JSON.stringify(fired)} alone`, fired);
    pieces.set(`trigger ${JSON.stringify(fired)} and space`, `${fired} `);
    pieces.set(`trigger ${JSON.stringify(fired)} at its longest`, longest);
    if (start.at === "run") {
      const run = unitOf(start.of);
      for (const nth of [0, 1, 3, 5]) {
        const unit = unitOf(start.of, nth);
        pieces.set(`run of ${JSON.stringify(unit)} and trigger`, unit.repeat(start.max) + fired);
        pieces.set(`run of ${JSON.stringify(run + unit)} and trigger`, (run + unit).repeat(start.max / 2) + fired);
      }
      pieces.set("short runs and triggers", run.repeat(8) + fired);
    }
    for (const choice of [0, 1, 2]) {
      const gap = start.at === "after" ? textOfPattern(start.gap, choice) : "";
      const match = textOfPattern(pattern, choice);
      const lead = start.at === "after" ? fired + gap : "";
      if (gap !== "") {
        pieces.set(`trigger and longest gap ${choice}`, fired + gap);
        pieces.set(`trigger and gap without its end ${choice}`, fired + gap.slice(0, -1));
      }
      pieces.set(`longest match ${choice}`, `${lead}${match} `);
      pieces.set(`longest match ${choice} without its end`, `${lead}${match.slice(0, -1)} `);
      pieces.set(`longest match ${choice} and one more`, `${lead}${match}${match.slice(-1)}!`);
      pieces.set(`longest matches ${choice} on end`, lead + match);
      pieces.set(`trigger and match ${choice} without its end`, fired + match.slice(0, -1));
    }
    if (start.at === "after") {
      for (const filler of [" ", "\t", '"', "\\", "=", ":", "[", "\n", "'", "(", "-"]) {
        pieces.set(`trigger and ${JSON.stringify(filler)} x 60`, fired + filler.repeat(60));
        pieces.set(`trigger and ${JSON.stringify(filler)} x 3000`, fired + filler.repeat(3000));
      }
    }
  }
  return [...pieces].filter(([, piece]) => piece !== "");
}
