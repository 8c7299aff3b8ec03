import type { PatternDetector } from "./detector.ts";

/** A match of a pattern, in UTF-16 offsets, `end` exclusive. */
export interface Match {
  readonly start: number;
  readonly end: number;
}

/** A window is responsible for at least this many units, because shorter windows cost more than they save. */
const minStep = 64;

/**
 * Runs a user's pattern on windows of the text. However the pattern backtracks, its time is bounded by the size of a window,
 * so the total is linear.
 *
 * Around the part that it is responsible for, a window has `maxLength` units and one more on either side. So a match of up
 * to `maxLength` is found everywhere, and look-arounds see that far. As much of a longer match as the window shows is kept,
 * because it is better to mask too much than too little.
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
      // Set every time, because `validate` may call this function again with the same pattern.
      pattern.lastIndex = resumeAt - from;
      const match = pattern.exec(window);
      if (match === null) break;
      const start = from + match.index;
      if (start >= begin + step) break;
      const [value] = match;
      // A match may start before `resumeAt` if that splits a surrogate pair. An empty match must still move forward.
      resumeAt = value === "" ? Math.max(start, resumeAt) + 1 : start + value.length;
      if (value !== "" && (validate === undefined || validate(value)))
        matches.push({ start, end: start + value.length });
    }
  }
  return matches;
}
