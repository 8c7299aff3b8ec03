import { ConfigurationError, checkBackend, checkKey, type KeyValueBackend, ownOptions } from "@keyward/core";
import { createHitCounter, type HitCounter } from "@keyward/rate-limiter";

export interface ExpressRateLimitStoreOptions {
  /** Where hits are counted. */
  readonly backend: KeyValueBackend;
  /** Separates limiters that see the same callers; any text. Each limiter on a backend needs its own. @default "rl:" */
  readonly prefix?: string;
  /**
   * While the store can't be reached: `"throw"`, so that express-rate-limit fails the request or, with `passOnStoreError`, lets
   * it through; or `"local"`, so that each instance counts for itself.
   *
   * @default "throw"
   */
  readonly onBackendError?: "throw" | "local";
}

/** A caller's hits, in the shape that express-rate-limit expects. */
export interface ClientHits {
  totalHits: number;
  /** By this process's clock, since express-rate-limit compares it with that. */
  resetTime: Date;
}

/**
 * A `Store` of express-rate-limit 7 and 8. It has no `resetAll`, since only a scan of all keys could find every caller's.
 * express-rate-limit reads `prefix` and `localKeys` when it checks that no request is counted twice.
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
 * Each call is one atomic step. A key's window begins with its first hit, and every count expires. Around the end of such a
 * window express-rate-limit may admit up to twice the limit, which `rateLimit` of this package never does.
 *
 * `skipFailedRequests` and `skipSuccessfulRequests` take a hit back by its key alone. If its window has ended by then, or was
 * reset, the hit is taken from those that count now, and one more request passes. `rateLimit` knows from a receipt what it
 * gives back.
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

/** A class with a name, because express-rate-limit distinguishes stores by the names of their classes. */
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
      "must be a whole number of milliseconds above 0; set it in the options of express-rate-limit",
    );
  }
}

function clientHits({ count, resetMs }: { readonly count: number; readonly resetMs: number }): ClientHits {
  return { totalHits: count, resetTime: new Date(Date.now() + resetMs) };
}
