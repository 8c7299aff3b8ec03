import { ConfigurationError } from "@keyward/core";
import type { CheckOptions, RateLimitDecision, RateLimiter, RouteTable } from "@keyward/rate-limiter";
import { pathsOf } from "./request-path.ts";

/** What decides: a limiter, anything with a `check` that answers like one, or a table of routes and their limits. */
export type RateLimitSource = (Pick<RateLimiter, "check"> & Partial<Pick<RateLimiter, "refund">>) | RouteTable;

/** @throws {ConfigurationError} */
export function checkSource(limiter: RateLimitSource, mustRefund: boolean): void {
  if (typeof limiter?.check !== "function") {
    throw new ConfigurationError(
      "limiter",
      "takes what createRateLimiter() or createRouteTable() makes, or an object with check(key, options)",
    );
  }
  if (mustRefund && typeof limiter.refund !== "function") {
    throw new ConfigurationError("refundOn", "needs a limiter that has refund(receipt)");
  }
}

/** Asks whatever decides about one request. */
export function askSource(
  limiter: RateLimitSource,
  request: Request,
  path: string | undefined,
  key: string,
  options: CheckOptions,
): Promise<RateLimitDecision> {
  if (!isTable(limiter)) return limiter.check(key, options);
  return limiter.check({ method: request.method, path: path ?? pathsOf(request) }, key, options);
}

/** Whether nothing is counted for a request, so that it doesn't matter whom it is from. */
export function isUnlimited(limiter: RateLimitSource, request: Request, path: string | undefined): boolean {
  return isTable(limiter) && limiter.isUnlimited({ method: request.method, path: path ?? pathsOf(request) });
}

function isTable(limiter: RateLimitSource): limiter is RouteTable {
  return typeof (limiter as Partial<RouteTable>).match === "function";
}
