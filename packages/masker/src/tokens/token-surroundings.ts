import { Spelling, type TokenBody, undecided } from "./token-body.ts";
import { isDigit, isWordUnit } from "./token-edges.ts";

/** How many characters after a token can decide whether it is one: three of emphasis and the one after them. */
export const rightContext = 4;

const closingQuotes = new Map(
  ['""', "''", "``", "“”", "„“", "‘’", "«»", "‹›", "「」", "『』"].map(([open, close]) => [open!, close!]),
);

/**
 * The spellings that a token without delimiters may have, given what comes before `start`.
 *
 * Emphasis only counts around exact tokens, because `_aws_ec2_001_` may well be a name. After a hyphen, a hyphenated
 * spelling would be the end of a longer name. A spelling with spaces needs an opening quote.
 */
export function spellingsAfter(text: string, start: number, emphasis: number): number {
  if (emphasis > 0) return Spelling.exact;
  const before = text.charAt(start - 1);
  return (
    Spelling.otherCase |
    Spelling.escaped |
    Spelling.fewerZeros |
    (before === "-" ? 0 : Spelling.hyphen) |
    (closingQuotes.has(before) ? Spelling.space : 0)
  );
}

/**
 * Whether a body without delimiters is a token, judging by its spelling and by what follows it.
 *
 * A spelling only counts if people don't write it for something else. `aws-vpc-2` and `"AWS EC2 2"` are common names and
 * phrases, so a token with missing zeros may differ in nothing else, and one with spaces has to fill its quotes.
 */
export function standsAlone(
  text: string,
  start: number,
  { end, spelling }: TokenBody,
  emphasis: number,
  isWhole: boolean,
): boolean | typeof undecided {
  const atEnd = isWhole ? true : undecided;
  if (spelling & Spelling.space) {
    return spelling === Spelling.space && closesAt(text, end, closingQuotes.get(text.charAt(start - 1))!, isWhole);
  }
  if (spelling & Spelling.fewerZeros && (spelling & ~Spelling.escaped) !== Spelling.fewerZeros) return false;

  for (let index = end; index < end + emphasis; index++) {
    if (index === text.length) return isWhole ? false : undecided;
    if (text.charAt(index) !== "_") return false;
  }
  const edge = end + emphasis;
  if (edge === text.length) return atEnd;
  if (isWordUnit(text.charCodeAt(edge))) return false;
  if (spelling === Spelling.exact) return true;

  const follows = text.charAt(edge);
  if (follows === "-") return (spelling & Spelling.hyphen) === 0;
  if (follows !== "\\" && follows !== "." && follows !== ",") return true;
  if (edge + 1 === text.length) return atEnd;
  // `AWS\_EC2\_001\_2` is one longer word, `AWS_EC2_1.5` one longer number.
  return follows === "\\" ? text.charAt(edge + 1) !== "_" : !isDigit(text.charCodeAt(edge + 1));
}

/** Whether the quote closes at `index`. It may be escaped, as in JSON source: `\"AWS EC2 001\"`. */
function closesAt(text: string, index: number, quote: string, isWhole: boolean): boolean | typeof undecided {
  const at = text.charAt(index) === "\\" ? index + 1 : index;
  if (at >= text.length) return isWhole ? false : undecided;
  return text.charAt(at) === quote;
}
