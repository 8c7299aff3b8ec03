import { ConfigurationError } from "../errors/configuration-error.ts";

/**
 * The part of a key that decides its slot in a Redis Cluster: the text between the first `{` and the next `}`, or the whole
 * key if there is nothing between them.
 */
export function hashTagOf(key: string): string {
  const open = key.indexOf("{");
  if (open < 0) return key;
  const close = key.indexOf("}", open + 1);
  return close > open + 1 ? key.slice(open + 1, close) : key;
}

/**
 * Refuses keys with different hash tags, even if these happen to share a slot, since the next two might not.
 *
 * @throws {ConfigurationError}
 */
export function assertSameSlot(keys: readonly string[]): void {
  const [first, ...others] = keys;
  if (first === undefined || others.length === 0) return;
  const tag = hashTagOf(first);
  for (const [index, key] of others.entries()) {
    if (hashTagOf(key) !== tag) {
      throw new ConfigurationError(
        `keys[${index + 1}]`,
        "has a different {hash tag} than keys[0]; build both keys with the same tag",
      );
    }
  }
}
