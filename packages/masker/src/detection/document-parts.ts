import type { Candidate } from "./finding.ts";

/** How a document is divided, if it isn't one plain text: no value reaches from one part into another. */
export interface DocumentParts {
  /** What of a candidate lies in parts that may be replaced, part by part. */
  cut(candidate: Candidate): Iterable<Candidate>;
  /**
   * The text again, place for place, with characters replaced that would be taken for the end of the part that they
   * stand in: for values that fill a part and are found by what stands before it.
   */
  readonly shielded?: {
    readonly text: string;
    /** What counts of a candidate that was found here. */
    cut(candidate: Candidate): Iterable<Candidate>;
  };
}
