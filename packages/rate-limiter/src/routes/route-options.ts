import type { RateLimiterOptions } from "../options.ts";
import type { RateLimit } from "../policy.ts";
import type { RateLimiter } from "../rate-limiter.ts";

/** A limiter that is there already. */
export type RouteLimiter = Pick<RateLimiter, "check" | "refund">;

/** What callers may do on a route: limits, or a limiter that is there already. */
export interface RouteRule {
  /** `"unlimited"` for what shall never be refused, such as a health check. */
  readonly limits?: readonly RateLimit[] | "unlimited";
  /** Limits that take the place of `limits` for a check that names the plan. A route without plans has `limits` for all. */
  readonly plans?: RateLimiterOptions["plans"];
  /** In place of `limits` and `plans`; routes may share one. */
  readonly limiter?: RouteLimiter;
  /** What a check takes that doesn't say. @default 1 */
  readonly cost?: number;
}

export interface Route extends RouteRule {
  /**
   * Names; `:name` or `*` for any one segment; `*` at the end for the path before it and all below. As people read it:
   * decoded. Several are ways to the same thing, such as a path and what is rewritten to it, and share their counts.
   */
  readonly pattern: string | readonly string[];
  /** @default all. Who lists GET has listed HEAD */
  readonly methods?: readonly string[];
}

/** What holds for all routes is said once; `limits` and `plans` are each route's own. */
export interface RouteTableOptions extends Omit<RateLimiterOptions, "limits" | "plans" | "name"> {
  /** Keeps tables apart that know the same patterns; those of one name and backend share their counts. @default "routes" */
  readonly name?: string;
  /** In any order: the most specific pattern holds. */
  readonly routes: readonly Route[];
  /** For what no pattern matches. */
  readonly default: RouteRule;
  /**
   * What may stand before any route and says nothing about it, such as a base path or locales: `["/docs", "/en", "/fr"]`.
   * Patterns are written without. @default none
   */
  readonly prefixes?: readonly string[];
}
