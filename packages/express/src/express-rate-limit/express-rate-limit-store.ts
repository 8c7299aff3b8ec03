import { ConfigurationError, checkBackend, checkKey, type KeyValueBackend, ownOptions } from "@keyward/core";
import { createHitCounter, type HitCounter } from "@keyward/rate-limiter";

export interface ExpressRateLimitStoreOptions {
  /** Where hits are counted. */
  readonly backend: KeyValueBackend;
  /** Keeps limiters apart that know the same callers; any text. Each limiter on one backend needs its own. @default "rl:" */
  readonly prefix?: string;
  /**
   * While the backend's store can't be asked: `"throw"`, so that express-rate-limit fails the request or, with its
   * `passOnStoreError`, lets it through; or `"local"`, each instance counts for itself.
   *
   * @default "throw"
   */
  readonly onBackendError?: "throw" | "local";
}

/** A caller's hits as express-rate-limit wants to know them. */
export interface ClientHits {
  totalHits: number;
  /** By this process's clock, as it is compared with that. */
  resetTime: Date;
}

/**
 * What express-rate-limit 7 and 8 call a Store. Without `resetAll`: nothing but a scan of all keys could find everybody's.
 * `prefix` and `localKeys` are read by its check for requests that are counted twice.
 */
export interface ExpressRateLimitStore {
  readonly prefix: string;
  readonly localKeys: boolean;
  init(options: { readonly windowMs: number }): void;
  get(key: string): Promise<ClientHits | undefined>;
  increment(key: string): Promise<ClientHits>;
  decrement(key: string): Promise<void>;
  resetKey(key: string): Promise<void>;
}

/**
 * Makes a store for express-rate-limit: exact counts that instances share, on any Keyward backend.
 *
 * Each call is one atomic step; a key's window begins with its first hit, and no count stays without an end. What
 * windows of this kind admit around their turn, up to twice the limit, is express-rate-limit's: `rateLimit` doesn't. So is what
 * `skipFailedRequests` and `skipSuccessfulRequests` admit: a hit is taken back by its key alone, so one whose window has ended by then, or
 * was reset, is taken from those that count now, and one more passes. `rateLimit` knows by a receipt what it gives back.
 *
 * @example
 * ```ts
 * import { createMemoryBackend } from "@keyward/core";
 * import * as expressRateLimit from "express-rate-limit";
 *
 * const store = createExpressRateLimitStore({ backend: createMemoryBackend() });
 * const limited = expressRateLimit.rateLimit({ windowMs: 60_000, limit: 100, store });
 * ```
 * @throws {ConfigurationError} naming the option that can't be used.
 */
export function createExpressRateLimitStore(options: ExpressRateLimitStoreOptions): ExpressRateLimitStore {
  return new KeywardStore(ownOptions("options", options, ["backend", "prefix", "onBackendError"]));
}

/** By the name of a store's class express-rate-limit tells kinds of stores apart. */
class KeywardStore implements ExpressRateLimitStore {
  readonly prefix: string;
  readonly localKeys: boolean;
  readonly #options: ExpressRateLimitStoreOptions;
  #counter: HitCounter | undefined;

  constructor(options: ExpressRateLimitStoreOptions) {
    const { backend, prefix = "rl:" } = options;
    checkBackend("backend", backend);
    checkKey("prefix", prefix);
    this.#options = options;
    this.prefix = prefix;
    this.localKeys = backend.capabilities.reach === "local";
    this.init({ windowMs: 60_000 });
  }

  init({ windowMs }: { readonly windowMs: number }): void {
    const { backend, onBackendError = "throw" } = this.#options;
    this.#counter = undefined;
    this.#counter = createHitCounter({ backend, name: this.prefix, window: windowMs, onBackendError });
  }

  async get(key: string): Promise<ClientHits | undefined> {
    const hits = await this.#count().read(key);
    return hits && clientHits(hits);
  }

  async increment(key: string): Promise<ClientHits> {
    return clientHits(await this.#count().increment(key));
  }

  async decrement(key: string): Promise<void> {
    await this.#count().decrement(key);
  }

  async resetKey(key: string): Promise<void> {
    await this.#count().reset(key);
  }

  #count(): HitCounter {
    if (this.#counter !== undefined) return this.#counter;
    throw new ConfigurationError(
      "windowMs",
      "must be a whole number of milliseconds above 0, in express-rate-limit's options",
    );
  }
}

function clientHits({ count, resetMs }: { readonly count: number; readonly resetMs: number }): ClientHits {
  return { totalHits: count, resetTime: new Date(Date.now() + resetMs) };
}
