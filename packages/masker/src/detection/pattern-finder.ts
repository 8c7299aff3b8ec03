import type { PatternDetector } from "./detector.ts";

/** A pattern's match: UTF-16 offsets, `end` exclusive. */
export interface Match {
  readonly start: number;
  readonly end: number;
}

/**
 * Runs a user's pattern on windows of the text, so that the time it takes is bounded by the window however it
 * backtracks, and the whole stays linear.
 *
 * A window shows the pattern `maxLength` units on either side of the part that it is responsible for, so a match of up
 * to `maxLength` is found wherever it lies and look-arounds of that reach see what is there.
 */
export function findPattern({ pattern, maxLength, validate }: PatternDetector, text: string): Match[] {
  const step = Math.max(256, 2 * maxLength);
  const matches: Match[] = [];
  let resumeAt = 0;
  for (let begin = 0; begin < text.length; begin += step) {
    const from = Math.max(0, begin - maxLength);
    const window = text.slice(from, begin + step + maxLength);
    pattern.lastIndex = Math.max(begin, resumeAt) - from;
    for (let match = pattern.exec(window); match !== null; match = pattern.exec(window)) {
      const start = from + match.index;
      if (start >= begin + step) break;
      const [value] = match;
      if (value === "") {
        pattern.lastIndex++;
      } else if (validate === undefined || validate(value)) {
        matches.push({ start, end: start + value.length });
        resumeAt = start + value.length;
      }
    }
  }
  return matches;
}
