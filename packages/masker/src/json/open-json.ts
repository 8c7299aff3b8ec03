import { MaskerError } from "../errors.ts";
import { replaceRanges } from "../text/replace-ranges.ts";
import type { TokenReading } from "../tokens/token-reader.ts";
import type { OpenDocument } from "../unmask/open-document.ts";
import type { RestoredText, TokenLookup } from "../unmask/restore.ts";
import { UnresolvedTokens } from "../unmask/unresolved-tokens.ts";
import { escapeText, unescapeText } from "./escapes.ts";
import { type JsonDocument, layOut } from "./json-document.ts";
import { JsonPlaces, type Place } from "./json-places.ts";
import { isJsonNumber, jsonEscapedType, jsonNumberType } from "./json-types.ts";
import { checkJson } from "./parse-json.ts";

/**
 * In UTF-16 code units. In deeply nested strings an original is escaped to hundreds of times its length, so even a short
 * answer could ask for more than fits into memory.
 */
const maxRestoredLength = 1 << 27;

/**
 * Reads the tokens of JSON, including those of JSON in its strings.
 *
 * @throws {MaskerError} `JSON_INVALID`; on restoring, `TEXT_TOO_LONG` if the result would be too long.
 */
export const openJson: OpenDocument = (source, reader) => {
  checkJson(source);
  const document = layOut(source);
  const readings = reader.read(document.view);
  return { readings, restore: (lookup) => restoreJson(document, readings, lookup) };
};

/** Replaces the tokens that were read in the document's view with their originals. The result is JSON again. */
function restoreJson(document: JsonDocument, readings: readonly TokenReading[], lookup: TokenLookup): RestoredText {
  const unresolved = new UnresolvedTokens();
  const places = new JsonPlaces(document);
  const ranges: { start: number; end: number }[] = [];
  const originals: string[] = [];
  let length = document.source.length;
  for (const reading of readings) {
    const { start, end, type } = reading;
    const place = places.find(start, end);
    const resolution = lookup(reading);
    if (!("original" in resolution)) {
      unresolved.add({ token: document.view.slice(start, end), reason: resolution.reason, start: place.source.start });
      continue;
    }
    const { original } = resolution;
    const isWhole = isNumber(type, original) && place.quoted !== undefined && !places.isName(place);
    const written = isWhole ? original : writeOriginal(type, original, place);
    length += written.length;
    if (length > maxRestoredLength) {
      throw new MaskerError("TEXT_TOO_LONG", `restored, the JSON has more than ${maxRestoredLength} characters`);
    }
    ranges.push(isWhole ? place.quoted : place.source);
    originals.push(written);
  }
  return { text: replaceRanges(document.source, ranges, originals), unresolved: unresolved.list };
}

function isNumber(type: string, original: string): boolean {
  return type === jsonNumberType && isJsonNumber(original);
}

function writeOriginal(type: string, original: string, { depth }: Place): string {
  const isEscaped = type === jsonEscapedType && unescapeText(original) !== undefined;
  return escapeText(original, isEscaped ? depth : depth + 1);
}
