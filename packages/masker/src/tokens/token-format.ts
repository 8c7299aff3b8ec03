import { ConfigurationError } from "@keyward/core";

import { sealMark } from "../sealed-tokens/seal-layout.ts";

/** A token's number has at least this many digits, and more as it grows. */
export const minDigits = 3;

/** What encloses every token: `{ prefix: "[[", suffix: "]]" }` writes `[[AWS_EC2_001]]`. */
export interface TokenFormatOptions {
  /** One to four signs that aren't in `suffix` and don't occur in words, quotes or escapes. */
  readonly prefix: string;
  readonly suffix: string;
}

/**
 * How tokens look. Writing and reading use the same format, so what one writes the other reads.
 *
 * By default a token is its type, `_`, and its number with at least three digits: `AWS_EKS_CLUSTER_001`. A sealed token has
 * `X` and the letters of its seal instead of the number.
 */
export interface TokenFormat {
  readonly prefix: string;
  readonly suffix: string;
  /** @throws {RangeError} if `number` is not between 1 and 2^53-1. */
  write(type: string, number: number): string;
  /** @param seal in base32 */
  writeSealed(type: string, seal: string): string;
}

/** @throws {ConfigurationError} for delimiters that couldn't be told apart from text. */
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

/** Writes a number with no more leading zeros than the padding needs. */
function writeNumber(number: number): string {
  if (!Number.isSafeInteger(number) || number < 1) throw new RangeError("a token's number is from 1 to 2^53-1");
  return String(number).padStart(minDigits, "0");
}

const signs = /^[\p{P}\p{S}]+$/u;
/** Signs that occur in words, in other spellings of a token, or in the escapes and quotes around one. */
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
  // With a shared sign, the end of one token could be read as the beginning of the next.
  if ([...prefix].some((sign) => suffix.includes(sign))) {
    throw new ConfigurationError("format.suffix", "shares a sign with the prefix. Use a pair, such as [[ and ]].");
  }
}
