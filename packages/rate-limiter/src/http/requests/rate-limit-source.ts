import { ConfigurationError } from "@keyward/core";
import type { RateLimitDecision } from "../../check/decision.ts";
import type { CheckOptions, RateLimiter } from "../../rate-limiter.ts";
import type { RouteRequest } from "../../routes/match-routes.ts";
import type { RouteTable } from "../../routes/route-table.ts";

/** What can decide on requests: a limiter, anything with a `check` that answers like one, or a route table. */
export type RateLimitSource = (Pick<RateLimiter, "check"> & Partial<Pick<RateLimiter, "refund">>) | RouteTable;

/**
 * For middleware: checks that it was given something that can decide and, if `mustRefund`, refund.
 *
 * @throws {ConfigurationError} naming `limiter`, or `refundOn` if the limiter has no `refund`.
 */
export function checkRateLimitSource(source: RateLimitSource, mustRefund: boolean): void {
  if (typeof source?.check !== "function") {
    throw new ConfigurationError(
      "limiter",
      "must come from createRateLimiter() or createRouteTable(), or be an object with a method check(key, options)",
    );
  }
  if (mustRefund && typeof source.refund !== "function") {
    throw new ConfigurationError(
      "refundOn",
      "needs a limiter with a method refund(receipt); add that method, or leave refundOn out",
    );
  }
}

/** The check of one request, by a limiter or by a table. */
export interface RequestCheck {
  /** Whether nothing is counted, so that it doesn't matter whom the request is from. */
  readonly isUnlimited: boolean;
  ask(key: string, options: CheckOptions): Promise<RateLimitDecision>;
}

/** @param routeOf called only for a table */
export function requestCheckOf(source: RateLimitSource, routeOf: () => RouteRequest): RequestCheck {
  if (!isTable(source)) return { isUnlimited: false, ask: (key, options) => source.check(key, options) };
  const route = routeOf();
  return { isUnlimited: source.isUnlimited(route), ask: (key, options) => source.check(route, key, options) };
}

function isTable(source: RateLimitSource): source is RouteTable {
  return typeof (source as Partial<RouteTable>).match === "function";
}
