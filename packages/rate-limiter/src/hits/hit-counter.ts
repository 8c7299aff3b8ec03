import {
  BackendError,
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
import { type CountHitsArguments, countHits, type Hits } from "./scripts/count-hits.ts";

export interface HitCounterOptions {
  readonly backend: KeyValueBackend;
  /** How long hits count, from a key's first: they are forgotten all at once. */
  readonly window: Duration;
  /** Keeps counters apart that know the same keys; any text. @default "default" */
  readonly name?: string;
  /**
   * While the store can't be asked: `"throw"` the `BackendError`, or `"local"`, each instance counts for itself. A store that is
   * switched off is always counted for locally.
   *
   * @default "throw"
   */
  readonly onBackendError?: "throw" | "local";
}

/**
 * Counts hits and limits nothing: for other limiters that want a number, such as express-rate-limit. Around a window's end
 * it may see twice what a limit means; `createRateLimiter` doesn't.
 *
 * Every call is one atomic step. The store sees a digest of the key.
 *
 * @throws {BackendError} from each of its functions, unless `onBackendError` is `"local"`.
 */
export interface HitCounter {
  increment(key: string): Promise<Hits>;
  /** Takes one hit back of those that count now, if there is one: also for one of which the window has ended since. */
  decrement(key: string): Promise<void>;
  /** Undefined where nothing is counted. */
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
    throw new ConfigurationError("onBackendError", 'takes "throw" or "local"');
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
    if (reply !== "unreadable") return reply;
    throw new BackendError(
      "BACKEND_REPLY_INVALID",
      "count-hits: something else wrote under this key; reset(key) removes it",
      {
        operation: "run:count-hits",
        outcome: "not-applied",
        retryable: false,
      },
    );
  }
  return {
    increment: async (key) => (await count(key, 1)) as Hits,
    decrement: async (key) => void (await count(key, -1)),
    read: (key) => count(key, 0),
    reset: async (key) => void (await store.delete([await keyOf(key)], options)),
  };
}
