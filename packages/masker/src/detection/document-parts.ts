import type { Candidate } from "./finding.ts";

/** How a document that isn't plain text is divided. No value extends from one part into another. */
export interface DocumentParts {
  /** Cuts a candidate into the pieces that may be replaced, one for each part. */
  cut(candidate: Candidate): Iterable<Candidate>;
  /**
   * The same text with other characters in place of those that look like the end of a part but aren't. It serves to find
   * values that fill a part and are recognised by what comes before it.
   */
  readonly shielded?: {
    readonly text: string;
    /** Cuts a candidate that was found in this text. */
    cut(candidate: Candidate): Iterable<Candidate>;
  };
}
