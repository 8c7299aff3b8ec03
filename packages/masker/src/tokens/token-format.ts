import { ConfigurationError } from "@keyward/core";

import { sealMark } from "../sealed-tokens/seal-layout.ts";

/** The fewest digits of a token's number; it grows as needed. */
export const minDigits = 3;

/** What encloses every token: `{ prefix: "[[", suffix: "]]" }` writes `[[AWS_EC2_001]]`. */
export interface TokenFormatOptions {
  /** One to four signs, none of them in `suffix`, and none that words, quotes or escapes are made of. */
  readonly prefix: string;
  readonly suffix: string;
}

/**
 * How tokens look. The writer and the reader work from the same format, so what one writes the other one reads.
 *
 * Without options a token is its type, `_`, and its number in at least three digits: `AWS_EKS_CLUSTER_001`. A sealed one
 * has `X` and the seal's letters in place of the number.
 */
export interface TokenFormat {
  readonly prefix: string;
  readonly suffix: string;
  /** @throws {RangeError} if `number` is not between 1 and 2^53-1. */
  write(type: string, number: number): string;
  /** @param seal in base32 */
  writeSealed(type: string, seal: string): string;
}

/** @throws {ConfigurationError} for delimiters that text could not be told apart from. */
export function createTokenFormat(options?: TokenFormatOptions): TokenFormat {
  if (options !== undefined) checkDelimiters(options);
  const { prefix, suffix } = options ?? { prefix: "", suffix: "" };
  return {
    prefix,
    suffix,
    write: (type, number) => `${prefix}${type}_${writeNumber(number)}${suffix}`,
    writeSealed: (type, seal) => `${prefix}${type}_${sealMark}${seal}${suffix}`,
  };
}

/** The one way to write a number in full: no more leading zeros than the padding asks for. */
function writeNumber(number: number): string {
  if (!Number.isSafeInteger(number) || number < 1) throw new RangeError("a token's number is from 1 to 2^53-1");
  return String(number).padStart(minDigits, "0");
}

const signs = /^[\p{P}\p{S}]+$/u;
/** Belong to words, to the lenient forms of a token, or to the escapes and quotes around one. */
const reserved = /[_\-\\%"'`“”‘’«»„‹›「」『』]/;

function checkDelimiters({ prefix, suffix }: TokenFormatOptions): void {
  for (const [field, delimiter] of Object.entries({ prefix, suffix })) {
    if (typeof delimiter !== "string" || delimiter.length > 4 || !signs.test(delimiter) || reserved.test(delimiter)) {
      throw new ConfigurationError(
        `format.${field}`,
        "is not one to four signs, or holds a quote, a backslash, %, _ or a hyphen. Use brackets, such as [[ and ]].",
      );
    }
  }
  // Signs in common would let one token's end be read as the next one's beginning.
  if ([...prefix].some((sign) => suffix.includes(sign))) {
    throw new ConfigurationError("format.suffix", "shares a sign with the prefix. Use a pair, such as [[ and ]].");
  }
}
