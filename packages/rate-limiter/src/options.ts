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
import { type Plans, resolvePlans } from "./plans.ts";
import { type Policy, type RateLimit, resolvePolicy } from "./policy.ts";
import {
  type FallbackLimiter,
  type OnBackendError,
  resolveOnBackendError,
} from "./without-store/without-store-options.ts";

export interface RateLimiterOptions {
  /** Windows that are checked together: a check takes from all of them or from none. */
  readonly limits: readonly RateLimit[];
  /** Limits that replace `limits` for a check that names the plan. */
  readonly plans?: Plans;
  /**
   * Where counts live.
   *
   * @default this process: nothing is shared with other instances
   */
  readonly backend?: KeyValueBackend;
  /** Separates limiters that see the same callers; those with the same name and backend share their counts. @default "default" */
  readonly name?: string;
  /**
   * `"log"` never admits more than the limit in any window; `"gcra"` spreads calls evenly after a burst; `"fixed-window"`
   * starts a new count at each multiple of the window.
   *
   * @default "log"
   */
  readonly algorithm?: AlgorithmName;
  /**
   * For `"log"`: a limit of up to twice this is exact to the millisecond. A higher limit is counted in this many cells per
   * window, and its units come back less than a cell late. 2 to 512.
   *
   * @default 32
   */
  readonly precision?: number;
  /**
   * What decides while the store can't be reached. Must be given where the number of instances can't be known, as on
   * edge and serverless platforms.
   *
   * @default "local"
   */
  readonly onBackendError?: OnBackendError;
  /**
   * How many instances divide a limit among them while each counts for itself. Each admits limit / `expectedInstances`
   * (rounded down, at least 1) per window, however many outages fall into it. So a window that touches an outage may admit
   * the limit, counted by the store, and one such part for every instance that was running in it. A store that comes back
   * without its latest writes, or empty, admits again what it has forgotten.
   *
   * @default 1
   */
  readonly expectedInstances?: number;
  /** Decides while the store can't be reached, instead of `onBackendError`. */
  readonly fallback?: FallbackLimiter;
  /** Callers who are never limited. Their checks take nothing. */
  readonly allow?: CallerList;
  /** Callers who are always refused. */
  readonly deny?: CallerList;
  /** `"shadow"` lets everything through, and marks what it would have refused with `shadowed: true`. @default "enforce" */
  readonly mode?: "enforce" | "shadow";
  /**
   * How long this instance may answer from a remembered refusal without asking the store, 0 for never. It is also how long it
   * may take to notice a reset, a refund or a raised limit on another instance.
   *
   * @default "5s", or "1m" if the store bills by the command, where one caller who keeps asking would be expensive
   */
  readonly rememberRefusals?: Duration | 0;
  /**
   * How many callers this process keeps counts for, without a store or in its place, and how many refusals it remembers. The
   * least recently seen are forgotten first.
   *
   * @default 100_000
   */
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

/** The options that a route table passes on to the limiters of all its routes. */
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
    throw new ConfigurationError("name", "must be 1 to 256 printable ASCII characters without spaces");
  }
  if (!Object.hasOwn(algorithms, algorithm)) {
    throw new ConfigurationError("algorithm", 'must be "log", "gcra" or "fixed-window"');
  }
  if (!(Number.isSafeInteger(precision) && precision >= 2 && precision <= 512)) {
    throw new ConfigurationError("precision", "must be a whole number from 2 to 512");
  }
  if (mode !== "enforce" && mode !== "shadow") throw new ConfigurationError("mode", 'must be "enforce" or "shadow"');
  if (!(Number.isSafeInteger(maxLocalKeys) && maxLocalKeys >= 2)) {
    throw new ConfigurationError("maxLocalKeys", "must be a whole number, 2 or more");
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
