import { checkBackend, checkKey, checkReplicas } from "../arguments/argument-checks.ts";
import { type Duration, parseDuration } from "../arguments/duration.ts";
import type { KeyValueBackend } from "../backend.ts";
import { ConfigurationError } from "../errors/configuration-error.ts";
import { namePattern } from "./entries/mapping-entry.ts";

export interface MappingStoreOptions {
  readonly backend: KeyValueBackend;
  /** Separates stores with different purposes on one backend; kebab-case. @default "mappings" */
  readonly namespace?: string;
  /**
   * Whose mappings these are: a tenant, a user, a conversation. Nothing leads from one scope to another. Any text except an
   * empty one. It stands in the store's keys, where it can be read, as their common hash tag.
   */
  readonly scope: string;
  /**
   * How long a mapping lives after its last use: at least this long, and at most twice as long. Its number is never used
   * again. A longer ttl applies from the next generation on, and a shorter one at once. If instances differ, the shortest wins.
   *
   * @default "forever"
   */
  readonly ttl?: Duration | "forever";
  /**
   * Names of the indexes by which originals are found, at most 8. Every entry brings an id for each. If you name an index
   * after the key that makes its ids, for instance after the key's check value, a wrong key is noticed. See
   * {@link MappingStore}.
   *
   * @default ["0"]
   */
  readonly indexes?: readonly string[];
  /**
   * How many replicas must have acknowledged what a call wrote before it is answered, so that a failover to one of them
   * loses nothing that was answered. Reads don't wait. Needs a backend with `hearsOfReplicas`.
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

/** A century. It is long enough, and times that far ahead are still exact numbers. */
const longestTtlMs = 100 * 366 * 86_400_000;
const mostIndexes = 8;

/** @throws {ConfigurationError} that names the first option that can't be used. */
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
