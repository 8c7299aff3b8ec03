import type { Span } from "../matcher/span.ts";
import type { Confidence } from "./detector.ts";

/** A sensitive value in a text: UTF-16 offsets, `end` exclusive. */
export interface Finding {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly confidence: Confidence;
}

/** What is said of a value, and of others alike. */
export interface Label {
  readonly type: string;
  readonly confidence: Confidence;
  readonly priority: number;
  /** Whether other places of the same value are found anyway, so that the value need not be looked for again. */
  readonly everywhere: boolean;
}

/** A finding as it is worked with. What a detector's have in common is one object: a dense text has thousands of them. */
export interface Candidate extends Span {
  readonly label: Label;
}
