import { ConfigurationError } from "@keyward/core";
import type { RateLimitDecision } from "../../check/decision.ts";
import type { CheckOptions, RateLimiter } from "../../rate-limiter.ts";
import type { RouteRequest } from "../../routes/match-routes.ts";
import type { RouteTable } from "../../routes/route-table.ts";

/** What decides: a limiter, anything with a `check` that answers like one, or a table of routes and their limits. */
export type RateLimitSource = (Pick<RateLimiter, "check"> & Partial<Pick<RateLimiter, "refund">>) | RouteTable;

/**
 * For glue, before it takes what an app hands to it. `mustRefund` where the app wants units back.
 *
 * @throws {ConfigurationError} naming `limiter`, or `refundOn` where it has no `refund`.
 */
export function checkRateLimitSource(source: RateLimitSource, mustRefund: boolean): void {
  if (typeof source?.check !== "function") {
    throw new ConfigurationError(
      "limiter",
      "takes what createRateLimiter() or createRouteTable() makes, or an object with check(key, options)",
    );
  }
  if (mustRefund && typeof source.refund !== "function") {
    throw new ConfigurationError("refundOn", "needs a limiter that has refund(receipt)");
  }
}

/** What there is to ask about one request. */
export interface RequestCheck {
  /** Nothing is counted, so it doesn't matter whom the request is from. */
  readonly isUnlimited: boolean;
  ask(key: string, options: CheckOptions): Promise<RateLimitDecision>;
}

/** `routeOf` is asked only for a table. */
export function requestCheckOf(source: RateLimitSource, routeOf: () => RouteRequest): RequestCheck {
  if (!isTable(source)) return { isUnlimited: false, ask: (key, options) => source.check(key, options) };
  const route = routeOf();
  return { isUnlimited: source.isUnlimited(route), ask: (key, options) => source.check(route, key, options) };
}

function isTable(source: RateLimitSource): source is RouteTable {
  return typeof (source as Partial<RouteTable>).match === "function";
}
