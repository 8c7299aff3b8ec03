import type { RateLimitDecision } from "../check/decision.ts";
import type { RateLimitReceipt } from "../check/receipt.ts";
import type { CheckOptions, RefundOptions } from "../rate-limiter.ts";
import { LimitedRoutes } from "./limited-routes.ts";
import type { RouteRequest } from "./match-routes.ts";
import { resolveTable } from "./resolve-routes.ts";
import type { RouteTableOptions } from "./route-options.ts";

export interface RouteDecision extends RateLimitDecision {
  readonly route: string;
}

/** Decides which callers may go on, by limits that each route of an app has for itself. */
export interface RouteTable {
  /**
   * Takes units of `key` on the route that the request is for, as `RateLimiter.check` does.
   *
   * A path that servers read differently, such as one with `%2F` or `..` in it, is charged to every route that one of them
   * might mean, or to none of them if one refuses. The strictest decision is returned.
   *
   * @throws {BackendError} only if `onBackendError` is `"throw"`.
   * @throws {ConfigurationError} for a request without a method or a path, and when `RateLimiter.check` does.
   */
  check(request: RouteRequest, key: string, options?: CheckOptions): Promise<RouteDecision>;
  /** Gives back what a check took, to each route that it was taken from. See `RateLimiter.refund`. */
  refund(receipt: RateLimitReceipt, options?: RefundOptions): Promise<boolean>;
  /** The names of the routes that a request would be charged to: more than one only if its path is ambiguous. */
  match(request: RouteRequest): readonly string[];
  /** Whether every route that the request may be for is unlimited. Then nothing is counted, and no key is needed. */
  isUnlimited(request: RouteRequest): boolean;
}

/**
 * Makes a table of routes and their limits. Units are counted per pattern: all paths of one pattern share a caller's units, and
 * two patterns never do.
 *
 * @example
 * ```ts
 * const table = createRouteTable({
 *   routes: [
 *     { pattern: "/api/ai/*", limits: [{ limit: 10, window: "1m" }, { limit: 100, window: "1d" }] },
 *     { pattern: "/api/servers/*", limits: [{ limit: 30, window: "1m" }] },
 *     { pattern: "/health", limits: "unlimited" },
 *   ],
 *   default: { limits: [{ limit: 100, window: "1m" }] },
 * });
 * const { allowed, route } = await table.check({ method: "POST", path: "/API/ai/%73upervisor/" }, "user-7");
 * ```
 * @throws {ConfigurationError} naming the route or option that can't be used.
 */
export function createRouteTable(options: RouteTableOptions): RouteTable {
  return new LimitedRoutes(resolveTable(options));
}
