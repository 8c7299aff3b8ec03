import type { TokenReader, TokenReading } from "../tokens/token-reader.ts";
import type { RestoredText, TokenLookup } from "./restore.ts";

/** A document whose tokens have been read, ready to be restored. */
export interface OpenedDocument {
  readonly readings: readonly TokenReading[];
  restore(lookup: TokenLookup): RestoredText;
}

/** Reads the tokens of a document. Text and JSON each have their own. */
export type OpenDocument = (source: string, reader: TokenReader) => OpenedDocument;
