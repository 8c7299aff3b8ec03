import { checkBackend, checkKey, checkReplicas } from "../arguments/argument-checks.ts";
import { type Duration, parseDuration } from "../arguments/duration.ts";
import type { KeyValueBackend } from "../backend.ts";
import { ConfigurationError } from "../errors/configuration-error.ts";
import { namePattern } from "./entries/mapping-entry.ts";

export interface MappingStoreOptions {
  readonly backend: KeyValueBackend;
  /** Keeps stores of different purpose apart on one backend; kebab-case. @default "mappings" */
  readonly namespace?: string;
  /**
   * Whose mappings these are: a tenant, a user, a conversation. Nothing leads from one scope to another. All keys of a
   * scope share a hash tag. Any text but an empty one; it can be read in the store's keys.
   */
  readonly scope: string;
  /**
   * How long a mapping lives that nobody asks for: at least this, at most twice. Numbers are never used again, whatever
   * becomes of their mappings. A change holds from the next generation on; where instances differ, the shortest holds.
   *
   * @default "forever"
   */
  readonly ttl?: Duration | "forever";
  /**
   * Names of the indexes that an original is found by, 8 at most; every entry brings an id for each. Named after the key
   * that made the ids (its check value, say), they tell a wrong key from the right one. See {@link MappingStore}.
   *
   * @default ["0"]
   */
  readonly indexes?: readonly string[];
  /**
   * How many replicas must have acknowledged what a call wrote before it is answered, so that a failover to one of them
   * loses nothing that was answered. Needs a backend with `hearsOfReplicas`. What is read isn't waited for.
   *
   * @default 0
   */
  readonly replicas?: number;
}

export interface ResolvedMappingOptions {
  readonly backend: KeyValueBackend;
  readonly namespace: string;
  readonly scope: string;
  /** 0 for ever. */
  readonly ttlMs: number;
  readonly indexes: readonly string[];
  readonly replicas: number;
}

/** A century: far enough, and near enough for exact sums with the time of day. */
const longestTtlMs = 100 * 366 * 86_400_000;
const mostIndexes = 8;

/** @throws {ConfigurationError} naming the first option that can't be used. */
export function resolveMappingOptions(options: MappingStoreOptions): ResolvedMappingOptions {
  const { backend, namespace = "mappings", scope, ttl = "forever", indexes = ["0"], replicas = 0 } = options;
  checkBackend("backend", backend);
  checkReplicas(replicas, backend.capabilities);
  checkKey("scope", scope);
  const ttlMs = ttl === "forever" ? 0 : parseDuration("ttl", ttl);
  if (ttlMs > longestTtlMs) throw new ConfigurationError("ttl", 'must be at most a century; or "forever"');
  if (!Array.isArray(indexes) || indexes.length === 0 || indexes.length > mostIndexes) {
    throw new ConfigurationError("indexes", `must be 1 to ${mostIndexes} names`);
  }
  if (!indexes.every((name) => typeof name === "string" && namePattern.test(name))) {
    throw new ConfigurationError("indexes", "must be 1 to 64 letters, digits, _ and - each");
  }
  if (new Set(indexes).size < indexes.length) throw new ConfigurationError("indexes", "must differ from one another");
  return { backend, namespace, scope, ttlMs, indexes: [...indexes], replicas };
}
