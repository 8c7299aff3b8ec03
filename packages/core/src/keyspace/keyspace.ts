import { ConfigurationError } from "../errors/configuration-error.ts";
import { encodeKeyPart } from "./key-part.ts";

export interface KeyspaceOptions {
  /**
   * What all keys begin with: letters, digits, `_`, `-` and `.`, in one or more segments with `:` between them.
   *
   * @default "keyward"
   */
  readonly prefix?: string;
  /** Keeps one feature's keys apart from another's; kebab-case, such as `rate-limit`. */
  readonly feature: string;
}

/**
 * Builds the keys and channel names of one feature. Parts may be any string, a user's id as it came too: each is
 * encoded so that it can't leave its place, and different parts always make different keys.
 *
 * A key is no secret: hash what must not be read in the store before it becomes a part.
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
  // Only what stands in the options themselves: a prefix on the prototype of all objects would begin every scope anew.
  const { prefix = "keyward", feature }: KeyspaceOptions = Object.assign(Object.create(null), options);
  if (!/^[\w.-]+(?::[\w.-]+)*$/.test(prefix)) {
    throw new ConfigurationError("prefix", "takes letters, digits, _ - and . with single colons between, as in app:eu");
  }
  if (!/^[a-z][a-z0-9-]*$/.test(feature)) {
    throw new ConfigurationError("feature", "must be kebab-case, such as rate-limit");
  }
  const start = `${prefix}:${feature}`;
  return {
    key(tag, ...parts) {
      // Redis hashes the whole key when the braces are empty: keys of one tag would part.
      if (tag === "") throw new ConfigurationError("tag", "must not be empty");
      return `${start}:{${encodeKeyPart("tag", tag)}}${suffix(parts)}`;
    },
    channel: (...parts) => start + suffix(parts),
  };
}

function suffix(parts: readonly string[]): string {
  return parts.map((part, index) => `:${encodeKeyPart(`parts[${index}]`, part)}`).join("");
}
