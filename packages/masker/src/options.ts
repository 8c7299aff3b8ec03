import {
  ConfigurationError,
  checkObserver,
  checkReplicas,
  createMemoryBackend,
  type Duration,
  type KeyValueBackend,
  type Observer,
  ownOptions,
  parseDuration,
} from "@keyward/core";
import { type AllowRule, compileAllowList } from "./detection/allow-list.ts";
import type { Confidence, Detector } from "./detection/detector.ts";
import { type DetectorInput, resolveDetectors } from "./detection/detector-input.ts";
import { type EncryptionOptions, type MasterKeys, resolveEncryption } from "./encryption/encryption-options.ts";
import type { MaskerEvent } from "./events.ts";
import { createTokenFormat, type TokenFormat, type TokenFormatOptions } from "./tokens/token-format.ts";
import { type OnMaskFailure, resolveOnMaskFailure } from "./without-store/on-backend-error.ts";

export interface MaskerOptions {
  /**
   * Where numbers and mappings live.
   *
   * @default a memory backend of its own: nothing is shared, nothing outlives the process
   */
  readonly backend?: KeyValueBackend;
  /**
   * The trust boundary: a tenant, a user, a conversation. Tokens of one scope are never restored in another. Each call
   * may name another one.
   *
   * @default "default"
   */
  readonly scope?: string;
  /** Required with a shared backend; `"none"` keeps originals readable in the store. */
  readonly encryption?: EncryptionOptions | "none";
  /**
   * What becomes of a new value that the store can't number: `"seal"` gives it a token that holds it, sealed under the
   * first key, which any instance restores without a store; `"throw"` refuses the text.
   *
   * @default "seal" with keys, else "throw"
   */
  readonly onBackendError?: OnMaskFailure;
  /**
   * What to look for: the names of built-in groups, detectors, or lists of them.
   *
   * @default ["aws", "secrets", "pii", "network"]
   */
  readonly detectors?: readonly DetectorInput[];
  /** Values that stay as they are. */
  readonly allow?: readonly AllowRule[];
  /** Findings below it are left alone. @default "low" */
  readonly minimumConfidence?: Confidence;
  /** How a token is written. @default `AWS_EC2_001` */
  readonly format?: TokenFormatOptions;
  /**
   * How long a mapping that nobody uses is kept: between once and twice this time. Numbers are never used again.
   *
   * @default "30d"
   */
  readonly ttl?: Duration | "forever";
  /**
   * How many replicas must have acknowledged a new value's number before `mask` answers, so that a failover to one of
   * them loses no token. Needs a Redis connection: memory and REST can't wait for replicas. Known values cost no more.
   *
   * @default 0
   */
  readonly replicas?: number;
  /** The longest text that is taken, in UTF-16 code units; a longer one is an error. @default 16_777_216 */
  readonly maxTextLength?: number;
  /** Known values cost no round trip for up to 30 s. The most of them in all scopes together; a long one counts as one more
   * for each 128 characters. @default 200_000 */
  readonly maxCachedValues?: number;
  /** The most of these for one scope. @default 50_000 */
  readonly maxCachedValuesPerScope?: number;
  /** Receives what happened, without any value. */
  readonly observer?: Observer<MaskerEvent>;
}

export interface ResolvedOptions {
  readonly backend: KeyValueBackend;
  readonly scope: string;
  readonly keys: MasterKeys | undefined;
  readonly onBackendError: OnMaskFailure;
  readonly detectors: readonly Detector[];
  readonly isAllowed: ((value: string) => boolean) | undefined;
  readonly minimumConfidence: Confidence;
  readonly format: TokenFormat;
  readonly ttl: Duration | "forever";
  readonly replicas: number;
  readonly maxTextLength: number;
  readonly maxCachedValues: number;
  readonly maxCachedValuesPerScope: number;
  readonly observer: Observer<MaskerEvent> | undefined;
}

const known = new Set<string>([
  "backend",
  "scope",
  "encryption",
  "onBackendError",
  "detectors",
  "allow",
  "minimumConfidence",
  "format",
  "ttl",
  "replicas",
  "maxTextLength",
  "maxCachedValues",
  "maxCachedValuesPerScope",
  "observer",
] satisfies (keyof MaskerOptions)[]);

/** All defaults and checks. */
export function resolveOptions(given: MaskerOptions): ResolvedOptions {
  const options = ownOptions("options", given);
  for (const name of Object.keys(options)) {
    if (!known.has(name)) {
      throw new ConfigurationError(name, `is no option of createMasker; there are: ${[...known].join(", ")}`);
    }
  }
  const backend = options.backend ?? createMemoryBackend();
  if (typeof backend.run !== "function" || backend.capabilities === undefined) {
    throw new ConfigurationError("backend", "isn't a KeyValueBackend; make one with createMemoryBackend() or another");
  }
  const { ttl = "30d", replicas = 0, minimumConfidence = "low", observer } = options;
  checkReplicas(replicas, backend.capabilities);
  if (ttl !== "forever") parseDuration("ttl", ttl);
  if (!["low", "medium", "high"].includes(minimumConfidence)) {
    throw new ConfigurationError("minimumConfidence", 'takes "low", "medium" or "high"');
  }
  checkObserver(observer);
  const allow = checkList("allow", options.allow ?? []);
  const keys = resolveEncryption(options.encryption, backend);
  return {
    backend,
    scope: checkScope(options.scope ?? "default"),
    keys,
    onBackendError: resolveOnMaskFailure(options.onBackendError, keys, backend),
    detectors: resolveDetectors(options.detectors),
    isAllowed: allow.length === 0 ? undefined : compileAllowList(allow),
    minimumConfidence,
    format: createTokenFormat(options.format === undefined ? undefined : ownOptions("format", options.format)),
    ttl,
    replicas,
    maxTextLength: checkCount("maxTextLength", options.maxTextLength ?? 16_777_216),
    maxCachedValues: checkCount("maxCachedValues", options.maxCachedValues ?? 200_000),
    maxCachedValuesPerScope: checkCount("maxCachedValuesPerScope", options.maxCachedValuesPerScope ?? 50_000),
    observer,
  };
}

/** @throws {ConfigurationError} unless it is a string that says something */
export function checkScope(scope: unknown): string {
  if (typeof scope !== "string" || scope.trim() === "") {
    throw new ConfigurationError("scope", "takes a string that isn't empty: a tenant, a user or a conversation");
  }
  return scope;
}

function checkList<Item>(field: string, list: readonly Item[]): readonly Item[] {
  if (!Array.isArray(list)) throw new ConfigurationError(field, "takes a list");
  return list;
}

function checkCount(field: string, count: number): number {
  if (!Number.isSafeInteger(count) || count < 1) throw new ConfigurationError(field, "takes a whole number above 0");
  return count;
}
