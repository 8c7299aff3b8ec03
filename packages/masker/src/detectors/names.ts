import type { ShapeDetector } from "../detection/detector.ts";
import { charClass } from "../matcher/char-class.ts";
import { type Trigger, trigger } from "../matcher/trigger.ts";
import { assignmentGap, keyTriggers, particle, phraseTriggers, quote, wordTriggers } from "./context.ts";
import { sticky } from "./sticky.ts";
import { isPlausibleName } from "./stop-words.ts";

/** Where to find names that have no shape of their own. */
export interface NameRow {
  readonly type: string;
  /** The source of a pattern for the whole name. */
  readonly name: string;
  /** Keys of JSON, YAML, flags and environment variables. Any name after one of them counts. */
  readonly keys: readonly string[];
  /** Words of prose. A name after one of them needs a digit, hyphen, dot or underscore. */
  readonly words?: readonly string[];
  /** The source of a pattern for nouns between such a word and the name: `S3 bucket my-bucket`. */
  readonly nouns?: string;
  /** Korean words before or after the name: `버킷 my-bucket`, `my-bucket 버킷`. */
  readonly korean?: readonly string[];
}

/** Below every shape, because `instance i-1234567890abcdef0` names an instance by its id. */
const priority = -1;

/** The characters of a name. */
const nameUnit = charClass("A-Za-z0-9._-");

/** Requires something in a name that everyday words don't have. */
const marked = "(?=[A-Za-z]{0,62}(?:[0-9]|[-._][A-Za-z0-9._-]))";
/** Requires the name to be written as a value: quoted, assigned, in a tag or after a flag. */
const writtenAsValue = String.raw`(?<=["'\x60>=]|--[A-Za-z-]{2,40} )`;
/** Requires the name to be the whole value of a YAML line. */
const yamlValue = String.raw`(?<=(?:^|\n)[ \t-]{0,40}[A-Za-z_]{2,40}: {1,20})(?=[A-Za-z0-9._-]{1,128}(?:\r?\n|$))`;

/** Detectors for names that are recognised only by the words around them. */
export function namesInContext(row: NameRow): readonly ShapeDetector[] {
  const detectors: ShapeDetector[] = [
    {
      kind: "shape",
      type: row.type,
      priority,
      confidence: "medium",
      triggers: keyTriggers(row.keys),
      start: { at: "after", gap: assignmentGap() },
      pattern: sticky(`(?:${writtenAsValue}|${yamlValue}|${marked})${row.name}`),
      validate: isPlausibleName,
    },
  ];
  const nouns = row.nouns === undefined ? "" : `(?:(?:${row.nouns})[ :]{1,2}){0,2}`;
  if (row.words !== undefined) {
    const gap = sticky(String.raw` ?${nouns}(?:(?:named|called|is) )?\(?(?:${quote})?`, "i");
    detectors.push(inProse(row, wordTriggers(row.words), gap));
  }
  if (row.korean !== undefined) {
    const gap = sticky(String.raw`(?: ?(?:이름|명|아이디|ID))?${particle} {0,2}[:=]? {0,2}\(?(?:${quote})?`);
    detectors.push(inProse(row, phraseTriggers(row.korean), gap), ...beforeKorean(row, row.korean));
  }
  return detectors;
}

function inProse(row: NameRow, triggers: readonly Trigger[], gap: RegExp): ShapeDetector {
  return {
    kind: "shape",
    type: row.type,
    priority,
    confidence: "medium",
    triggers,
    start: { at: "after", gap },
    pattern: sticky(`${marked}${row.name}`),
    validate: isPlausibleName,
  };
}

/** `my-bucket 버킷`, the usual order in Korean. One detector for each word, because `tail` is the length of the word. */
function beforeKorean(row: NameRow, words: readonly string[]): readonly ShapeDetector[] {
  return words.map((word) => ({
    kind: "shape",
    type: row.type,
    priority,
    confidence: "medium",
    triggers: [trigger([nameUnit, " ", word])],
    start: { at: "run", of: nameUnit, max: 64 + 1 + word.length, tail: 1 + word.length },
    pattern: sticky(`${marked}${row.name}(?= ${word})`),
    validate: isPlausibleName,
  }));
}
