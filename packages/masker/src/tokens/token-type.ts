import { ConfigurationError } from "@keyward/core";
import { isBase32Unit } from "../encoding/base32.ts";
import { isSealLength, sealMark } from "../sealed-tokens/seal-layout.ts";

/** Every part contains a letter, so that none can be taken for a token's number. */
const typeShape = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]*[A-Z][A-Z0-9]*)+$/;

const maxTypeLength = 64;

/** Whether `text` can be a token type: at least two parts of capitals and digits, such as `AWS_EC2`. */
export function isTokenType(text: string): boolean {
  return text.length <= maxTypeLength && typeShape.test(text);
}

/**
 * Checks that tokens of these types can be told apart in any text. A type may be named twice.
 *
 * Types have at least two parts, so that everyday words (`EMAIL 1`) aren't read as tokens. No type may end with another
 * type, because `CORP_AWS_EC2_001` could then be read as `AWS_EC2_001` with text before it.
 *
 * @throws {ConfigurationError} naming the type at fault
 */
export function checkTypes(types: Iterable<string>): void {
  const known = new Set(types);
  for (const type of known) {
    if (!isTokenType(type)) {
      throw new ConfigurationError(
        "type",
        `${JSON.stringify(type.slice(0, maxTypeLength + 1))} is not a token type. Write at least two parts of capital letters and ` +
          `digits, each with a letter, at most ${maxTypeLength} characters in all, such as "CORP_PROJECT".`,
      );
    }
    for (let at = type.indexOf("_"); at >= 0; at = type.indexOf("_", at + 1)) {
      const ending = type.slice(at + 1);
      if (known.has(ending)) {
        throw new ConfigurationError(
          "type",
          `"${type}" ends with the type "${ending}", so their tokens can't be told apart. Rename one, such as "${type}_VALUE".`,
        );
      }
      const beginning = type.slice(0, at);
      if (known.has(beginning) && isLikeSeal(ending.split("_", 1)[0]!)) {
        throw new ConfigurationError(
          "type",
          `"${type}" continues the type "${beginning}" in the way that its sealed tokens do. Rename one.`,
        );
      }
    }
  }
}

function isLikeSeal(part: string): boolean {
  const letters = part.length - sealMark.length;
  return (
    part.startsWith(sealMark) && isSealLength(letters) && [...part].every((_, at) => isBase32Unit(part.charCodeAt(at)))
  );
}
