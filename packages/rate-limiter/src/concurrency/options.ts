import {
  ConfigurationError,
  checkBackend,
  checkObserver,
  createMemoryBackend,
  type Duration,
  type KeyValueBackend,
  type Observer,
  ownOptions,
  parseDuration,
} from "@keyward/core";
import { guardedBackend } from "../store/guarded-backend.ts";
import type { ConcurrencyEvent } from "./events.ts";

export interface ConcurrencyLimiterOptions {
  /** How many may run at a time for each key: a whole number from 1 to 1,000. */
  readonly limit: number;
  /**
   * Where slots live.
   *
   * @default this process: nothing is shared with other instances
   */
  readonly backend?: KeyValueBackend;
  /** Separates limiters that see the same keys; those with the same name and backend share their slots. @default "default" */
  readonly name?: string;
  /**
   * How long a slot outlives a holder that has died, from a second to an hour. A held slot is renewed each third of this, so work
   * may take as long as it likes.
   *
   * @default "30s"
   */
  readonly lease?: Duration;
  /** How many may wait for each key, from 0 to 1,000. Beyond that callers are refused at once. @default 100 */
  readonly maxWaiting?: number;
  readonly observer?: Observer<ConcurrencyEvent>;
}

export interface ResolvedConcurrencyOptions {
  readonly limit: number;
  readonly backend: KeyValueBackend;
  readonly name: string;
  readonly leaseMs: number;
  readonly maxWaiting: number;
  readonly observer: Observer<ConcurrencyEvent> | undefined;
}

const known = ["limit", "backend", "name", "lease", "maxWaiting", "observer"] as const;

/** @throws {ConfigurationError} naming the option that can't be used. */
export function resolveConcurrencyOptions(given: ConcurrencyLimiterOptions): ResolvedConcurrencyOptions {
  const options = ownOptions("options", given, known);
  const { limit, backend, name = "default", lease = "30s", maxWaiting = 100, observer } = options;
  checkSlots("limit", limit);
  if (typeof name !== "string" || !/^[\w.-]{1,64}$/.test(name)) {
    throw new ConfigurationError("name", "must be 1 to 64 characters long, with only letters, digits, _ . and -");
  }
  const leaseMs = parseDuration("lease", lease);
  if (leaseMs < 1_000 || leaseMs > 3_600_000) throw new ConfigurationError("lease", 'must be from "1s" to "1h"');
  if (!(Number.isSafeInteger(maxWaiting) && maxWaiting >= 0 && maxWaiting <= 1_000)) {
    throw new ConfigurationError("maxWaiting", "must be a whole number from 0 to 1000");
  }
  checkObserver(observer);
  return { limit, backend: resolveBackend(backend), name, leaseMs, maxWaiting, observer };
}

/** @throws {ConfigurationError} unless it is a possible number of slots for one key. */
export function checkSlots(field: string, limit: unknown): asserts limit is number {
  if (Number.isSafeInteger(limit) && (limit as number) >= 1 && (limit as number) <= 1_000) return;
  throw new ConfigurationError(field, "must be a whole number of slots from 1 to 1000");
}

function resolveBackend(backend: KeyValueBackend | undefined): KeyValueBackend {
  if (backend === undefined) return createMemoryBackend();
  checkBackend("backend", backend);
  const { reach } = backend.capabilities;
  if (reach === "off") {
    throw new ConfigurationError(
      "backend",
      "its store is switched off, and without a store there are no shared slots; switch the store on, or leave backend out to limit this process alone",
    );
  }
  return reach === "local" ? backend : guardedBackend(backend);
}
