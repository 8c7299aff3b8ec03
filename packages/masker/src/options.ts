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
   * Where numbers and mappings are stored.
   *
   * @default a memory backend of its own, which shares nothing and is gone when the process ends
   */
  readonly backend?: KeyValueBackend;
  /**
   * The trust boundary: a tenant, a user or a conversation. Tokens of one scope are never restored in another. Each call
   * may name a scope of its own.
   *
   * @default "default"
   */
  readonly scope?: string;
  /** Required with a shared backend. `"none"` keeps originals readable in the store. */
  readonly encryption?: EncryptionOptions | "none";
  /**
   * What to do with a new value that the store can't number. `"seal"` makes a token that holds the value itself, sealed
   * under the first key, so that any instance with the key can restore it without a store. `"throw"` refuses the text.
   *
   * @default "seal" with keys, otherwise "throw"
   */
  readonly onBackendError?: OnMaskFailure;
  /**
   * What to look for: names of built-in groups, detectors of your own, or lists of these.
   *
   * @default ["aws", "secrets", "pii", "network"]
   */
  readonly detectors?: readonly DetectorInput[];
  /** Values that are left as they are. */
  readonly allow?: readonly AllowRule[];
  /** Findings with less confidence are left alone. @default "low" */
  readonly minimumConfidence?: Confidence;
  /** How a token is written. @default `AWS_EC2_001` */
  readonly format?: TokenFormatOptions;
  /**
   * How long an unused mapping is kept: at least this long, at most twice as long. Its number is never used again.
   *
   * @default "30d"
   */
  readonly ttl?: Duration | "forever";
  /**
   * How many replicas must acknowledge a new value's number before `mask` answers, so that a failover to one of them
   * loses no token. Needs a Redis connection, because memory and REST can't wait for replicas. Known values don't wait.
   *
   * @default 0
   */
  readonly replicas?: number;
  /** The longest text that is accepted, in UTF-16 code units; a longer one is an error. @default 16_777_216 */
  readonly maxTextLength?: number;
  /**
   * How many values this instance remembers, in all scopes together. A remembered value costs no round trip for up to
   * 30 s. A long value counts once more for every 128 characters.
   *
   * @default 200_000
   */
  readonly maxCachedValues?: number;
  /** How many of them may belong to one scope. @default 50_000 */
  readonly maxCachedValuesPerScope?: number;
  /** Told what happened, in counts and times, never with a value. */
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

const known = [
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
] as const satisfies readonly (keyof MaskerOptions)[];

/** All defaults and checks. */
export function resolveOptions(given: MaskerOptions): ResolvedOptions {
  const options = ownOptions("options", given, known);
  const backend = options.backend ?? createMemoryBackend();
  if (typeof backend.run !== "function" || backend.capabilities === undefined) {
    throw new ConfigurationError("backend", "must be a KeyValueBackend, such as createMemoryBackend() returns");
  }
  const { ttl = "30d", replicas = 0, minimumConfidence = "low", observer } = options;
  checkReplicas(replicas, backend.capabilities);
  if (ttl !== "forever") parseDuration("ttl", ttl);
  if (!["low", "medium", "high"].includes(minimumConfidence)) {
    throw new ConfigurationError("minimumConfidence", 'must be "low", "medium" or "high"');
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

/** @throws {ConfigurationError} unless it is a string that isn't blank */
export function checkScope(scope: unknown): string {
  if (typeof scope !== "string" || scope.trim() === "") {
    throw new ConfigurationError(
      "scope",
      "must be a string that isn't blank, such as the id of a tenant, a user or a conversation",
    );
  }
  return scope;
}

function checkList<Item>(field: string, list: readonly Item[]): readonly Item[] {
  if (!Array.isArray(list)) throw new ConfigurationError(field, "must be a list");
  return list;
}

function checkCount(field: string, count: number): number {
  if (!Number.isSafeInteger(count) || count < 1) throw new ConfigurationError(field, "must be a whole number above 0");
  return count;
}
