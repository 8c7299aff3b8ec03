import { ConfigurationError } from "../errors/configuration-error.ts";
import { encodeKeyPart } from "./key-part.ts";

export interface KeyspaceOptions {
  /**
   * What all keys begin with: one or more segments of letters, digits, `_`, `-` and `.`, with `:` between them.
   *
   * @default "keyward"
   */
  readonly prefix?: string;
  /** Separates the keys of one feature from those of others. In kebab-case, such as `rate-limit`. */
  readonly feature: string;
}

/**
 * Builds the keys and channel names of one feature. A part may be any string, such as a user's id as it came: it is encoded so
 * that it can't leave its place, and different parts always make different keys.
 *
 * Keys aren't secret. Hash whatever must not be readable in the store before you make it a part.
 */
export interface Keyspace {
  /**
   * `prefix:feature:{tag}:part:part`. Keys with one tag share a Redis Cluster slot, so one script can use them together.
   *
   * @throws {ConfigurationError} if the tag is empty.
   */
  key(tag: string, ...parts: readonly string[]): string;
  /** `prefix:feature:part:part`. */
  channel(...parts: readonly string[]): string;
}

/**
 * @example
 * ```ts
 * const keyspace = createKeyspace({ feature: "quota" });
 * keyspace.key("tenant-1", "user:7"); // "keyward:quota:{tenant-1}:user%3A7"
 * ```
 * @throws {ConfigurationError} if the prefix or the feature could be mistaken for something else in a key.
 */
export function createKeyspace(options: KeyspaceOptions): Keyspace {
  // Own properties only: a `prefix` on `Object.prototype` would make every feature start over with other keys.
  const { prefix = "keyward", feature }: KeyspaceOptions = Object.assign(Object.create(null), options);
  if (!/^[\w.-]+(?::[\w.-]+)*$/.test(prefix)) {
    throw new ConfigurationError(
      "prefix",
      "must have only letters, digits, _ - and ., with single colons between the parts, as in app:eu",
    );
  }
  if (!/^[a-z][a-z0-9-]*$/.test(feature)) {
    throw new ConfigurationError("feature", "must be kebab-case, such as rate-limit");
  }
  const start = `${prefix}:${feature}`;
  return {
    key(tag, ...parts) {
      // With empty braces Redis hashes the whole key, so keys with the same tag would be in different slots.
      if (tag === "") throw new ConfigurationError("tag", "must not be empty");
      return `${start}:{${encodeKeyPart("tag", tag)}}${suffix(parts)}`;
    },
    channel: (...parts) => start + suffix(parts),
  };
}

function suffix(parts: readonly string[]): string {
  return parts.map((part, index) => `:${encodeKeyPart(`parts[${index}]`, part)}`).join("");
}
