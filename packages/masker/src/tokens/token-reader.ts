import { createStartFinder } from "./start-finder.ts";
import { longestBody, readBody, Spelling, type TokenBody, undecided } from "./token-body.ts";
import { emphasisBefore, isAlphanumeric, isTokenStart } from "./token-edges.ts";
import type { TokenFormat } from "./token-format.ts";
import { isNumbered, type TokenReference } from "./token-reference.ts";
import { rightContext, spellingsAfter, standsAlone } from "./token-surroundings.ts";
import { checkTypes } from "./token-type.ts";
import { buildTypeTrie } from "./type-trie.ts";

/** A token in a text: UTF-16 offsets with its delimiters, `end` exclusive. */
export type TokenReading = TokenReference & {
  readonly start: number;
  readonly end: number;
  /** Whether it stands there as the format writes it. */
  readonly exact: boolean;
};

/** What a piece of a longer text says so far. */
export interface PartialReading {
  readonly readings: readonly TokenReading[];
  /** What comes before this offset is read for good, whatever follows the piece. */
  readonly decided: number;
}

/** Finds tokens in text; see {@link createTokenReader} for what counts as one. */
export interface TokenReader {
  /** Every token of `text`, in order; no two overlap. */
  read(text: string): readonly TokenReading[];
  /**
   * Reads on from `from`, as {@link read} would read the whole, of which `text` is a piece that begins at the very start
   * or at least `LEFT_CONTEXT` characters before `from`.
   *
   * @param isLast whether the whole ends with this piece, so that all of it is decided.
   */
  readOn(text: string, from: number, isLast: boolean): PartialReading;
  /** The most characters at the end of a piece that can be undecided. */
  readonly longest: number;
}

/**
 * A reader for tokens of these types.
 *
 * A token never stands inside a longer ASCII word or number: `AWS_EC2_001` is in none of `AWS_EC2_0012`,
 * `XAWS_EC2_001`, `AWS_EC2_001x` and `AWS_EC2_001_2`, but it is in `AWS_EC2_001의`, and in `__AWS_EC2_001__`, which is
 * Markdown's emphasis. What writers make of a token is read too, as long as nothing has to be guessed:
 *
 * | written | is a token |
 * |---|---|
 * | `aws_ec2_001`, `AWS\_EC2\_001`, `AWS-EC2-001`, `aws-ec2-001` | with its number in full, and not as part of a longer hyphenated name |
 * | `AWS_EC2_1`, `AWS\_EC2\_1` | where nothing but zeros is missing |
 * | `"AWS EC2 001"` | in capitals, with its number in full, filling quotes or backticks |
 * | `[[aws ec2 1]]` | any of these together, filling the format's own delimiters |
 * | `AWS_EC2_001` for `[[AWS_EC2_001]]` | as it would be without delimiters |
 * | `AWS_EC2_0001`, `AWS_EC2_000`, `AWS EC2 001` | never |
 *
 * A sealed token (`AWS_EC2_X7K2...`) is read in the same places and spellings, a missing letter never.
 *
 * Each of these depends only on the few characters around it, and since no type ends with another one and delimiters
 * share no sign, no two readings can overlap. Time is linear in the text.
 *
 * @throws {ConfigurationError} for types that can't be told apart.
 */
export function createTokenReader(format: TokenFormat, types: Iterable<string>): TokenReader {
  const known = [...new Set(types)];
  checkTypes(known);
  const { prefix, suffix } = format;
  const trie = buildTypeTrie(known);
  const { findStarts, longest: longestStart } = createStartFinder(known);

  /** The token whose type starts at `start`. */
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
    // Delimiters that don't close vouch for nothing.
    if (!isBare || spelling & ~allowedBare) return undefined;
    const stands = standsAlone(text, start, body, emphasis, isWhole);
    if (stands === undecided) return undecided;
    return stands ? readingOf(body, start, end, prefix === "" && spelling === Spelling.exact) : undefined;
  }

  /**
   * An exact token that shares its end with a lenient reading: `\nAWS_EC2_001` where `NAWS_EC2` is a type too. It shares
   * every separator as well, so behind any other than an underscore there is none.
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

  /** How much of the prefix stands at the end of `text`. */
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
