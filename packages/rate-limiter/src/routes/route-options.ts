import type { RateLimiterOptions } from "../options.ts";
import type { RateLimit } from "../policy.ts";
import type { RateLimiter } from "../rate-limiter.ts";

/** A limiter that was made elsewhere. */
export type RouteLimiter = Pick<RateLimiter, "check" | "refund">;

/** How a route is limited: by limits, or by a limiter that was made elsewhere. */
export interface RouteRule {
  /** `"unlimited"` for requests that must never be refused, such as health checks. */
  readonly limits?: readonly RateLimit[] | "unlimited";
  /** Limits that replace `limits` for a check that names the plan. A route without plans applies `limits` to every caller. */
  readonly plans?: RateLimiterOptions["plans"];
  /** Instead of `limits` and `plans`. Several routes may share one limiter. */
  readonly limiter?: RouteLimiter;
  /** The cost of a check that doesn't say its own. @default 1 */
  readonly cost?: number;
}

export interface Route extends RouteRule {
  /**
   * Names; `:name` or `*` for any one segment; `*` at the end for the path before it and everything below. Written decoded, as
   * people read it. Several patterns are ways to the same thing, such as a path and its rewrite, and share their counts.
   */
  readonly pattern: string | readonly string[];
  /** GET includes HEAD. @default all methods */
  readonly methods?: readonly string[];
}

/** The options of all routes' limiters are given once. `limits` and `plans` belong to each route. */
export interface RouteTableOptions extends Omit<RateLimiterOptions, "limits" | "plans" | "name"> {
  /** Separates tables with the same patterns; those with the same name and backend share their counts. @default "routes" */
  readonly name?: string;
  /** In any order: the most specific pattern wins. */
  readonly routes: readonly Route[];
  /** For requests that no pattern matches. */
  readonly default: RouteRule;
  /**
   * What may precede any route without changing which one is meant, such as a base path or locales:
   * `["/docs", "/en", "/fr"]`. Patterns are written without them.
   *
   * @default none
   */
  readonly prefixes?: readonly string[];
}
