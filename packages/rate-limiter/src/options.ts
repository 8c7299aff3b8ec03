import {
  ConfigurationError,
  checkBackend,
  checkObserver,
  type Duration,
  type KeyValueBackend,
  type Observer,
  ownOptions,
  parseDuration,
} from "@keyward/core";
import { type AlgorithmName, algorithms } from "./algorithms/algorithms.ts";
import { type CallerList, resolveCallerList } from "./caller-list.ts";
import type { RateLimitEvent } from "./events.ts";
import { type Policy, type RateLimit, resolvePolicy } from "./limit.ts";
import { type Plans, resolvePlans } from "./plans.ts";
import { type FallbackLimiter, type OnBackendError, resolveOnBackendError } from "./without-store.ts";

export interface RateLimiterOptions {
  /** Windows that are checked together: all or none is taken. */
  readonly limits: readonly RateLimit[];
  /** Limits that take the place of `limits` for a check that names the plan. */
  readonly plans?: Plans;
  /**
   * Where counts live.
   *
   * @default this process: nothing is shared with others
   */
  readonly backend?: KeyValueBackend;
  /** Keeps limiters apart that know the same callers; those of one name and backend share their counts. @default "default" */
  readonly name?: string;
  /**
   * `"log"` never admits more than the limit in any window; `"gcra"` spreads calls evenly after a burst; `"fixed-window"`
   * counts from one multiple of the window to the next.
   *
   * @default "log"
   */
  readonly algorithm?: AlgorithmName;
  /**
   * For `"log"`: limits up to twice this are kept to the millisecond. A higher one is counted in as many cells a window, and
   * units come back less than a cell late. 2 to 512.
   *
   * @default 32
   */
  readonly precision?: number;
  /**
   * What decides while the store can't be asked. Has to be chosen where the number of instances can't be known, as on
   * edge and serverless platforms.
   *
   * @default "local"
   */
  readonly onBackendError?: OnBackendError;
  /**
   * How many instances share a limit while each counts for itself: each admits limit / `expectedInstances` (rounded down,
   * at least 1) per window, however many outages there are in it. So a window that touches an outage may hold the limit,
   * as the store counted it, and such a part for every instance that lived in it. A store that comes back without its
   * latest writes, after a failover or empty, counts what it lost once more.
   *
   * @default 1
   */
  readonly expectedInstances?: number;
  /** Decides while the store can't be asked, in place of `onBackendError`. */
  readonly fallback?: FallbackLimiter;
  /** Callers who are never limited, and take nothing. */
  readonly allow?: CallerList;
  /** Callers who are always refused. */
  readonly deny?: CallerList;
  /** `"shadow"` only reports: what would be refused is let through, with `shadowed: true`. @default "enforce" */
  readonly mode?: "enforce" | "shadow";
  /**
   * How long at most a refusal is remembered here and answered without the store, 0 for never. A reset, a refund or a
   * raised limit on another instance is seen after this time.
   *
   * @default "5s", or "1m" where the store bills by the command: one caller who doesn't stop asking is dear there
   */
  readonly rememberRefusals?: Duration | 0;
  /** How many callers are counted in this process, without a store or in its place, and how many refusals are remembered. Who
   * was seen longest ago is forgotten first. @default 100_000 */
  readonly maxLocalKeys?: number;
  readonly observer?: Observer<RateLimitEvent>;
}

export interface ResolvedOptions {
  readonly name: string;
  readonly algorithm: AlgorithmName;
  readonly policy: Policy;
  readonly plans: ReadonlyMap<string, Policy>;
  readonly backend: KeyValueBackend | undefined;
  readonly onBackendError: OnBackendError;
  readonly expectedInstances: number;
  readonly fallback: FallbackLimiter | undefined;
  readonly isAllowed: ((key: string) => boolean) | undefined;
  readonly isDenied: ((key: string) => boolean) | undefined;
  readonly shadow: boolean;
  readonly rememberMs: number;
  readonly maxLocalKeys: number;
  readonly observer: Observer<RateLimitEvent> | undefined;
}

/** Of a limiter, and of all the limiters of a table alike. */
export const sharedOptions = [
  "backend",
  "name",
  "algorithm",
  "precision",
  "onBackendError",
  "expectedInstances",
  "fallback",
  "allow",
  "deny",
  "mode",
  "rememberRefusals",
  "maxLocalKeys",
  "observer",
] as const satisfies readonly (keyof RateLimiterOptions)[];

/** @throws {ConfigurationError} naming the option that can't be used. */
export function resolveOptions(given: RateLimiterOptions): ResolvedOptions {
  const options = ownOptions("options", given, ["limits", "plans", ...sharedOptions]);
  const {
    backend,
    name = "default",
    algorithm = "log",
    precision = 32,
    mode = "enforce",
    maxLocalKeys = 100_000,
  } = options;
  if (backend !== undefined) checkBackend("backend", backend);
  if (typeof name !== "string" || !/^[!-~]{1,256}$/.test(name)) {
    throw new ConfigurationError("name", "takes up to 256 printable ASCII characters, no spaces");
  }
  if (!Object.hasOwn(algorithms, algorithm)) {
    throw new ConfigurationError("algorithm", 'takes "log", "gcra" or "fixed-window"');
  }
  if (!(Number.isSafeInteger(precision) && precision >= 2 && precision <= 512)) {
    throw new ConfigurationError("precision", "must be a whole number from 2 to 512");
  }
  if (mode !== "enforce" && mode !== "shadow") throw new ConfigurationError("mode", 'takes "enforce" or "shadow"');
  if (!(Number.isSafeInteger(maxLocalKeys) && maxLocalKeys >= 2)) {
    throw new ConfigurationError("maxLocalKeys", "must be a whole number of at least 2");
  }
  checkObserver(options.observer);
  const { rememberRefusals = backend?.capabilities.billedPerCommand ? "1m" : "5s" } = options;
  return {
    name,
    algorithm,
    policy: resolvePolicy("limits", options.limits, algorithm, precision),
    plans: resolvePlans("plans", algorithm, precision, options.plans),
    backend,
    onBackendError: resolveOnBackendError(options.onBackendError, options.fallback, options.expectedInstances, backend),
    expectedInstances: options.expectedInstances ?? 1,
    fallback: options.fallback,
    isAllowed: resolveCallerList("allow", options.allow),
    isDenied: resolveCallerList("deny", options.deny),
    shadow: mode === "shadow",
    rememberMs: rememberRefusals === 0 ? 0 : parseDuration("rememberRefusals", rememberRefusals),
    maxLocalKeys,
    observer: options.observer,
  };
}
