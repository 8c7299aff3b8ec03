import type { DocumentDetector, KeepToken } from "../detection/document-detector.ts";
import type { Span } from "../matcher/span.ts";
import type { TokenReader } from "../tokens/token-reader.ts";
import type { TokenReference } from "../tokens/token-reference.ts";
import type { DistinctOriginals } from "./distinct-originals.ts";

/** A document that is ready to be masked: what was found in it, with everything but the tokens. */
export interface Draft extends DistinctOriginals {
  /** The values to replace, in document order, with UTF-16 offsets in the source, `end` exclusive. */
  readonly found: readonly Span[];
  /** Tokens that already stand in the document and stay there. */
  readonly kept: readonly TokenReference[];
  /** Writes the document with one token for each value in `found`, in the same order. */
  write(tokens: readonly string[]): string;
}

/** Finds what has to be masked in a document. Text and JSON each have their own. */
export type DraftDocument = (
  source: string,
  detector: DocumentDetector,
  reader: TokenReader,
  isKept: KeepToken | undefined,
) => Draft;
