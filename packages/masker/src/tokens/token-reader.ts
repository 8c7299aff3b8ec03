import { createStartFinder } from "./start-finder.ts";
import { longestBody, readBody, Spelling, type TokenBody, undecided } from "./token-body.ts";
import { emphasisBefore, isAlphanumeric, isTokenStart } from "./token-edges.ts";
import type { TokenFormat } from "./token-format.ts";
import { isNumbered, type TokenReference } from "./token-reference.ts";
import { rightContext, spellingsAfter, standsAlone } from "./token-surroundings.ts";
import { checkTypes } from "./token-type.ts";
import { buildTypeTrie } from "./type-trie.ts";

/** A token in a text. Offsets are in UTF-16 code units and include its delimiters; `end` is exclusive. */
export type TokenReading = TokenReference & {
  readonly start: number;
  readonly end: number;
  /** Whether it is spelt exactly as the format writes it. */
  readonly exact: boolean;
};

/** The tokens of a piece of a longer text, as far as they are certain. */
export interface PartialReading {
  readonly readings: readonly TokenReading[];
  /** Everything before this offset is certain, whatever follows the piece. */
  readonly decided: number;
}

/** Finds tokens in text. {@link createTokenReader} says what counts as one. */
export interface TokenReader {
  /** Returns every token of `text`, in order. No two overlap. */
  read(text: string): readonly TokenReading[];
  /**
   * Reads the tokens from `from` on, in a piece of a longer text, as {@link read} would find them in the whole text. The
   * piece must begin where the text begins, or at least `leftContext` characters before `from`.
   *
   * @param isLast whether the text ends with this piece, so that all of it is certain
   */
  readOn(text: string, from: number, isLast: boolean): PartialReading;
  /** At most this many characters at the end of a piece are uncertain. */
  readonly longest: number;
}

/**
 * Makes a reader for tokens of these types.
 *
 * A token is never part of a longer ASCII word or number. `AWS_EC2_001` isn't found in `AWS_EC2_0012`, `XAWS_EC2_001`,
 * `AWS_EC2_001x` or `AWS_EC2_001_2`. It is found in `AWS_EC2_001의`, and in `__AWS_EC2_001__`, which is emphasis in
 * Markdown. Other spellings are read too, as long as nothing has to be guessed:
 *
 * | written | is a token |
 * |---|---|
 * | `aws_ec2_001`, `AWS\_EC2\_001`, `AWS-EC2-001`, `aws-ec2-001` | if all digits are there and it isn't part of a longer hyphenated name |
 * | `AWS_EC2_1`, `AWS\_EC2\_1` | if nothing but zeros is missing |
 * | `"AWS EC2 001"` | in capitals, if all digits are there and it fills the quotes or backticks |
 * | `[[aws ec2 1]]` | any combination of these, if it fills the format's own delimiters |
 * | `AWS_EC2_001` for `[[AWS_EC2_001]]` | by the rules for a format without delimiters |
 * | `AWS_EC2_0001`, `AWS_EC2_000`, `AWS EC2 001` | never |
 *
 * A sealed token (`AWS_EC2_X7K2...`) is read in the same places and spellings, but only with all its letters.
 *
 * All of this depends only on the few characters around a token. Two readings can't overlap, because no type ends with
 * another type and the delimiters share no sign. Time is linear in the length of the text.
 *
 * @throws {ConfigurationError} for types that can't be told apart
 */
export function createTokenReader(format: TokenFormat, types: Iterable<string>): TokenReader {
  const known = [...new Set(types)];
  checkTypes(known);
  const { prefix, suffix } = format;
  const trie = buildTypeTrie(known);
  const { findStarts, longest: longestStart } = createStartFinder(known);

  /** Reads the token whose type starts at `start`. */
  function readAt(text: string, start: number, isWhole: boolean): TokenReading | typeof undecided | undefined {
    const isDelimited = prefix !== "" && text.startsWith(prefix, start - prefix.length);
    const emphasis = emphasisBefore(text, start);
    const isBare = emphasis > 0 || isTokenStart(text, start);
    if (!isDelimited && !isBare) return undefined;

    const allowedBare = isBare ? spellingsAfter(text, start, emphasis) : noSpelling;
    const body = readBody(trie, text, start, isDelimited ? anySpelling : allowedBare, isWhole);
    if (body === undefined || body === undecided) return body;
    const { end, spelling } = body;
    if (isDelimited) {
      if (text.startsWith(suffix, end)) {
        const exact = spelling === Spelling.exact;
        return readingOf(body, start - prefix.length, end + suffix.length, exact);
      }
      if (!isWhole && suffix.startsWith(text.slice(end, end + suffix.length))) return undecided;
    }
    // A prefix without its suffix doesn't make anything a token.
    if (!isBare || spelling & ~allowedBare) return undefined;
    const stands = standsAlone(text, start, body, emphasis, isWhole);
    if (stands === undecided) return undecided;
    return stands ? readingOf(body, start, end, prefix === "" && spelling === Spelling.exact) : undefined;
  }

  /**
   * Finds an exact token that has the same end as a reading in another spelling: in `\nAWS_EC2_001` if `NAWS_EC2` is a type
   * too. They share every separator, so there is none unless the first separator is an underscore.
   */
  function exactWithin(text: string, { start, end }: TokenReading, isWhole: boolean): TokenReading | undefined {
    let separator = start;
    while (separator < end && isAlphanumeric(text.charCodeAt(separator))) separator++;
    if (text.charAt(separator) !== "_") return undefined;
    for (let inner = start + 1; inner < separator; inner++) {
      if (!isTokenStart(text, inner)) continue;
      const reading = readAt(text, inner, isWhole);
      if (reading !== undecided && reading?.exact) return reading;
    }
    return undefined;
  }

  function readFrom(text: string, from: number, isWhole: boolean, starts: Iterable<number>): PartialReading {
    const readings: TokenReading[] = [];
    let next = from;
    for (const start of starts) {
      if (start < next) continue;
      const reading = readAt(text, start, isWhole);
      if (reading === undecided) return { readings, decided: beforePrefix(text, start) };
      if (reading === undefined) continue;
      readings.push(reading.exact ? reading : (exactWithin(text, reading, isWhole) ?? reading));
      next = reading.end;
    }
    if (isWhole) return { readings, decided: text.length };
    for (let start = Math.max(next, text.length - longestStart); start < text.length; start++) {
      if (readAt(text, start, false) === undecided) return { readings, decided: beforePrefix(text, start) };
    }
    return { readings, decided: text.length - openPrefix(text.slice(Math.max(next, text.length - prefix.length))) };
  }

  const beforePrefix = (text: string, start: number) =>
    prefix !== "" && text.startsWith(prefix, start - prefix.length) ? start - prefix.length : start;

  /** How many characters of the prefix `text` ends with. */
  const openPrefix = (text: string) => {
    let length = text.length;
    while (!text.endsWith(prefix.slice(0, length))) length--;
    return length;
  };

  return {
    read: (text) => readFrom(text, 0, true, findStarts(text, 0)).readings,
    readOn: (text, from, isLast) => readFrom(text, from, isLast, findStarts(text, from)),
    longest: Math.max(0, ...known.map(longestBody)) + prefix.length + Math.max(suffix.length, rightContext),
  };
}

function readingOf(body: TokenBody, start: number, end: number, exact: boolean): TokenReading {
  return isNumbered(body)
    ? { start, end, type: body.type, number: body.number, exact }
    : { start, end, type: body.type, seal: body.seal, exact };
}

const noSpelling = 0;
const anySpelling = Object.values(Spelling).reduce<number>((all, one) => all | one, Spelling.exact);
