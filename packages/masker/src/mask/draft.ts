import type { DocumentDetector, KeepToken } from "../detection/document-detector.ts";
import type { Original } from "../encryption/cipher.ts";
import type { Span } from "../matcher/span.ts";
import { replaceRanges } from "../text/replace-ranges.ts";
import type { TokenReader } from "../tokens/token-reader.ts";
import type { TokenReference } from "../tokens/token-reference.ts";
import type { DistinctOriginals } from "./distinct-originals.ts";

/** What is to be masked in a document, and the originals of it: everything but the tokens. */
export interface Draft extends DistinctOriginals {
  /** In the order of the document, with UTF-16 offsets in its source, `end` exclusive. */
  readonly found: readonly Span[];
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
  const { findings, first } = detector.find(text, isKept);
  const originals: Original[] = [];
  const originalOf = new Int32Array(findings.length);
  // The same text may be found as values of several types, which is rare: only those behind the first type are looked up.
  const positions = new Map<string, number>();
  findings.forEach(({ label: { type }, start, end }, place) => {
    const like = first[place]!;
    const key = findings[like]!.label.type === type ? undefined : `${type} ${like}`;
    let position = key === undefined ? originalOf[like] : positions.get(key);
    if (like === place || position === undefined)
      position = originals.push({ type, value: text.slice(start, end) }) - 1;
    if (key !== undefined) positions.set(key, position);
    originalOf[place] = position;
  });
  return {
    found: findings,
    originals,
    originalOf,
    kept: isKept === undefined ? [] : reader.read(text).filter(isKept),
    write: (tokens) => replaceRanges(text, findings, tokens),
  };
};
