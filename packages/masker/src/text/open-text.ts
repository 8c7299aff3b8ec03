import { plainLookup } from "../json/plain-lookup.ts";
import type { OpenDocument } from "../unmask/open-document.ts";
import { restore } from "../unmask/restore.ts";

/** Reads the tokens of plain text. */
export const openText: OpenDocument = (text, reader) => {
  const readings = reader.read(text);
  return { readings, restore: (lookup) => restore(text, readings, plainLookup(lookup)) };
};
