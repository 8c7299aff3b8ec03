import { ConfigurationError } from "../errors/configuration-error.ts";

/**
 * What must be encoded in a part: the keyspace's own separators, glob characters (a SCAN mustn't match more than it says), the
 * comma that ends a channel's name in server-sent events, white space, invisible and control characters, and halves of
 * surrogate pairs, which UTF-8 can't carry.
 *
 * Listed one by one instead of by Unicode properties, which grow: all runtimes must build the same key.
 */
const unsafe =
  /[:{}%*?[\]\\,\u0000-\u0020\u007F-\u00A0\u00AD\u1680\u180E\u2000-\u200F\u2028-\u202F\u205F-\u206F\u3000\uFEFF\p{Surrogate}]/gu;

/**
 * Encodes any string so that it can't leave its place in a key, and no two strings become the same: `%3A` for a code unit below
 * 256, `%u2028` for others.
 *
 * @throws {ConfigurationError} unless it is a string.
 */
export function encodeKeyPart(field: string, part: string): string {
  if (typeof part !== "string") throw new ConfigurationError(field, `must be a string, not ${typeof part}`);
  return part.replace(unsafe, (character) => {
    const unit = character.charCodeAt(0);
    const digits = unit.toString(16).toUpperCase();
    return unit < 0x100 ? `%${digits.padStart(2, "0")}` : `%u${digits.padStart(4, "0")}`;
  });
}

/** The text of a part before it was encoded. Text that no keyspace wrote is returned unchanged. */
export function decodeKeyPart(encoded: string): string {
  return encoded.replace(/%u([0-9A-F]{4})|%([0-9A-F]{2})/g, (_, long?: string, short?: string) =>
    String.fromCharCode(Number.parseInt(long ?? short ?? "", 16)),
  );
}
