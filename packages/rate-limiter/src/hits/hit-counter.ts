import {
  type BackendOperationOptions,
  ConfigurationError,
  checkBackend,
  checkKey,
  type Duration,
  type KeyValueBackend,
  ownOptions,
  parseDuration,
} from "@keyward/core";
import { CallerKeys } from "../store/caller-keys.ts";
import { guardedBackend } from "../store/guarded-backend.ts";
import { unreadableState } from "../store/unreadable-state.ts";
import { type CountHitsArguments, countHits, type Hits } from "./scripts/count-hits.ts";

export interface HitCounterOptions {
  readonly backend: KeyValueBackend;
  /** How long hits count, from a key's first hit on. Then all of them are forgotten at once. */
  readonly window: Duration;
  /** Separates counters that see the same keys; any text. @default "default" */
  readonly name?: string;
  /**
   * While the store can't be reached: `"throw"` the `BackendError`, or count in each instance for itself (`"local"`). With a
   * store that is switched off, each instance always counts for itself.
   *
   * @default "throw"
   */
  readonly onBackendError?: "throw" | "local";
}

/**
 * Counts hits without limiting anything, for other limiters that need a number, such as express-rate-limit. Around the end of
 * a window such a limiter may admit twice its limit, which `createRateLimiter` never does.
 *
 * Every call is one atomic step. The store sees only a digest of the key.
 *
 * @throws {BackendError} from every method, unless `onBackendError` is `"local"`.
 */
export interface HitCounter {
  increment(key: string): Promise<Hits>;
  /** Takes back one of the hits that count now, if there are any, even if the window of that hit has ended since. */
  decrement(key: string): Promise<void>;
  /** Undefined if nothing has been counted. */
  read(key: string): Promise<Hits | undefined>;
  reset(key: string): Promise<void>;
}

/** @throws {ConfigurationError} naming the option that can't be used. */
export function createHitCounter(given: HitCounterOptions): HitCounter {
  const own = ownOptions("options", given, ["backend", "window", "name", "onBackendError"]);
  const { backend, window, name = "default", onBackendError = "throw" } = own;
  checkBackend("backend", backend);
  checkKey("name", name);
  if (onBackendError !== "throw" && onBackendError !== "local") {
    throw new ConfigurationError("onBackendError", 'must be "throw" or "local"');
  }
  const windowMs = parseDuration("window", window);
  const { reach } = backend.capabilities;
  const store = reach === "local" ? backend : guardedBackend(backend);
  const options: BackendOperationOptions = {
    degrade: onBackendError === "local" || reach === "off" ? "local" : "never",
  };
  const keys = new CallerKeys("rate-limiter", name, "hits");

  async function keyOf(key: string): Promise<string> {
    checkKey("key", key);
    return keys.of(key);
  }
  async function count(key: string, by: CountHitsArguments["by"]): Promise<Hits | undefined> {
    const reply = await store.run(countHits, [await keyOf(key)], { windowMs, by }, options);
    if (reply === "unreadable") throw unreadableState(countHits.name, "remove it with reset(key)");
    return reply;
  }
  return {
    increment: async (key) => (await count(key, 1)) as Hits,
    decrement: async (key) => void (await count(key, -1)),
    read: (key) => count(key, 0),
    reset: async (key) => void (await store.delete([await keyOf(key)], options)),
  };
}
