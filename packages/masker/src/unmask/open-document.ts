import { plainLookup } from "../json/plain-lookup.ts";
import type { TokenReader, TokenReading } from "../tokens/token-reader.ts";
import { type RestoredText, restore, type TokenLookup } from "./restore.ts";

/** A document whose tokens were read and may be restored. */
export interface OpenedDocument {
  readonly readings: readonly TokenReading[];
  restore(lookup: TokenLookup): RestoredText;
}

/** Reads the tokens of a document of one kind. */
export type OpenDocument = (source: string, reader: TokenReader) => OpenedDocument;

export const openText: OpenDocument = (text, reader) => {
  const readings = reader.read(text);
  return { readings, restore: (lookup) => restore(text, readings, plainLookup(lookup)) };
};
