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

/** Says who may go on where: each route of an app has limits of its own. */
export interface RouteTable {
  /**
   * Takes from `key`'s units on the route that the request is for, as `RateLimiter.check` does.
   *
   * A path that servers read differently, such as one with `%2F` or `..` in it, is charged to every route that one of them
   * may mean, or to none if any of these refuses; the decision is the strictest one.
   *
   * @throws {BackendError} only where `onBackendError` is `"throw"`.
   * @throws {ConfigurationError} for a request without a method or a path, and as `RateLimiter.check` does.
   */
  check(request: RouteRequest, key: string, options?: CheckOptions): Promise<RouteDecision>;
  /** Gives back what a check took, on each route that it was taken from. See `RateLimiter.refund`. */
  refund(receipt: RateLimitReceipt, options?: RefundOptions): Promise<boolean>;
  /** The routes that a request would be charged to, by their names: more than one only for a path that is ambiguous. */
  match(request: RouteRequest): readonly string[];
  /** Whether nothing is counted for a request: all routes that it may be for are unlimited. Then no key has to be known. */
  isUnlimited(request: RouteRequest): boolean;
}

/**
 * Makes a table of routes and their limits. Counts are kept by pattern: the paths of one share a caller's units, those of two
 * never do.
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
