import type { Confidence } from "./detector.ts";

/** A sensitive value in a text: UTF-16 offsets, `end` exclusive. */
export interface Finding {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly confidence: Confidence;
}

/** A finding before overlaps are settled. */
export interface Candidate extends Finding {
  readonly priority: number;
  /** Whether other places of the same value are found anyway, so that the value need not be looked for again. */
  readonly everywhere: boolean;
}
