import type { DocumentDetector, KeepToken } from "../detection/document-detector.ts";
import type { Candidate } from "../detection/finding.ts";
import type { Original } from "../encryption/original.ts";
import { distinctOriginals } from "../mask/distinct-originals.ts";
import type { Draft } from "../mask/draft.ts";
import { replaceRanges } from "../text/replace-ranges.ts";
import type { TokenReader } from "../tokens/token-reader.ts";
import { breakBrackets } from "./break-brackets.ts";
import { escapeText } from "./escapes.ts";
import { type JsonDocument, layOut } from "./json-document.ts";
import { jsonParts } from "./json-parts.ts";
import { JsonPlaces, type Place } from "./json-places.ts";
import { jsonEscapedType, jsonNumberType } from "./json-types.ts";
import { checkJson } from "./parse-json.ts";

/**
 * Finds what has to be masked in JSON. Whatever isn't replaced stays exactly as it is in the source.
 *
 * @throws {MaskerError} `JSON_INVALID`
 */
export function draftJson(
  source: string,
  detector: DocumentDetector,
  reader: TokenReader,
  isKept: KeepToken | undefined,
): Draft {
  checkJson(source);
  const document = layOut(source);
  const { view } = document;
  const findings = breakBrackets(document, detector.find(view, isKept, jsonParts(document)).findings);
  const found = [...locate(document, findings)];
  return {
    found,
    ...distinctOriginals(found),
    kept: isKept === undefined ? [] : reader.read(view).filter(isKept),
    write: (tokens) => {
      const written = found.map(({ place }, index) => writeToken(tokens[index]!, place));
      return replaceRanges(source, found, written);
    },
  };
}

interface Located extends Original {
  readonly place: Place;
  readonly start: number;
  readonly end: number;
}

/** Finds the place of each finding in the source, and the original to restore there. */
function* locate(document: JsonDocument, findings: readonly Candidate[]): Iterable<Located> {
  const { view, slots, texts } = document;
  const places = new JsonPlaces(document);
  let last: number | undefined;
  for (const finding of findings) {
    const { unusual } = texts[slots.textOf(slots.firstBehind(finding.start))]!;
    if (unusual === undefined) {
      const place = places.find(finding.start, finding.end);
      yield { place, ...originalAt(place, view, finding), ...place.source };
    } else if (unusual !== last) {
      const place = places.findString(texts[unusual]!.within!);
      yield { place, type: jsonEscapedType, value: place.written, ...place.source };
    }
    last = unusual;
  }
}

function originalAt({ inString, depth, written }: Place, view: string, { label, start, end }: Candidate): Original {
  const value = view.slice(start, end);
  if (!inString) return { type: jsonNumberType, value };
  // In the document itself, how a value is escaped doesn't matter. Inside a string it is part of the string's text.
  const isWrittenAlike = depth === 0 || written === escapeText(value, 1);
  return isWrittenAlike ? { type: label.type, value } : { type: jsonEscapedType, value: written };
}

function writeToken(token: string, { inString, depth }: Place): string {
  return inString ? escapeText(token, depth + 1) : escapeText(`"${token}"`, depth);
}
