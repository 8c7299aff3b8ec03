import type { DocumentDetector, KeepToken } from "./detection/document-detector.ts";
import { replaceRanges } from "./replace-ranges.ts";
import type { TokenReader } from "./tokens/token-reader.ts";
import type { TokenReference } from "./tokens/unmask-stream.ts";
import type { Original } from "./vault/cipher.ts";

/** What is to be masked in a document: everything but the tokens. */
export interface Draft {
  /** In the order of the document, with UTF-16 offsets in its source, `end` exclusive. */
  readonly found: readonly (Original & { readonly start: number; readonly end: number })[];
  /** Tokens that stand in the document and stay. */
  readonly kept: readonly TokenReference[];
  /** The document with the token of each that was found. */
  write(tokens: readonly string[]): string;
}

/** Finds what is to be masked in a document of one kind. */
export type DraftDocument = (
  source: string,
  detector: DocumentDetector,
  reader: TokenReader,
  isKept: KeepToken | undefined,
) => Draft;

export const draftText: DraftDocument = (text, detector, reader, isKept) => {
  const found = detector
    .find(text, isKept)
    .map(({ type, start, end }) => ({ type, value: text.slice(start, end), start, end }));
  return {
    found,
    kept: isKept === undefined ? [] : reader.read(text).filter(({ type, number }) => isKept(type, number)),
    write: (tokens) => replaceRanges(text, found, tokens),
  };
};
