import type { PatternDetector } from "./detector.ts";

/** A pattern's match: UTF-16 offsets, `end` exclusive. */
export interface Match {
  readonly start: number;
  readonly end: number;
}

/** The fewest units that a window is responsible for: shorter ones cost more than they save. */
const minStep = 64;

/**
 * Runs a user's pattern on windows of the text, so that the time it takes is bounded by the window however it
 * backtracks, and the whole stays linear.
 *
 * A window shows the pattern `maxLength` units and one more on either side of the part that it is responsible for, so a
 * match of up to `maxLength` is found wherever it lies, and look-arounds of that reach see what is there. A longer match
 * is kept as far as it was seen, which masks more rather than less.
 */
export function findPattern({ pattern, maxLength, validate }: PatternDetector, text: string): Match[] {
  const step = Math.max(minStep, maxLength);
  const matches: Match[] = [];
  let resumeAt = 0;
  for (let begin = 0; begin < text.length; begin += step) {
    const from = Math.max(0, begin - maxLength - 1);
    const window = text.slice(from, begin + step + maxLength + 1);
    resumeAt = Math.max(resumeAt, begin);
    while (resumeAt < begin + step) {
      // Set each time, as `validate` may come back here with the same pattern.
      pattern.lastIndex = resumeAt - from;
      const match = pattern.exec(window);
      if (match === null) break;
      const start = from + match.index;
      if (start >= begin + step) break;
      const [value] = match;
      // A match may start before `resumeAt` where that parts a surrogate pair; one of nothing still has to lead on.
      resumeAt = value === "" ? Math.max(start, resumeAt) + 1 : start + value.length;
      if (value !== "" && (validate === undefined || validate(value)))
        matches.push({ start, end: start + value.length });
    }
  }
  return matches;
}
