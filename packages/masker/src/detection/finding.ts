import type { Span } from "../matcher/span.ts";
import type { Confidence } from "./detector.ts";

/** A sensitive value in a text, in UTF-16 offsets, `end` exclusive. */
export interface Finding {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly confidence: Confidence;
}

/** What is known about a value and others of its kind. */
export interface Label {
  readonly type: string;
  readonly confidence: Confidence;
  readonly priority: number;
  /** Whether all occurrences of the value are found anyway, so that nobody has to search for the others. */
  readonly everywhere: boolean;
}

/** A finding in progress. All candidates of a detector share one label, because a dense text has thousands of them. */
export interface Candidate extends Span {
  readonly label: Label;
}
