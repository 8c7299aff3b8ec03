import { ConfigurationError } from "@keyward/core";
import type { CheckOptions, RateLimitDecision, RateLimiter } from "@keyward/rate-limiter";
import type { Request } from "express";

/** What decides: a limiter, or anything with a `check` that answers like one. */
export type RateLimitSource = Pick<RateLimiter, "check"> & Partial<Pick<RateLimiter, "refund">>;

/** @throws {ConfigurationError} */
export function checkSource(limiter: RateLimitSource, mustRefund: boolean): void {
  if (typeof limiter?.check !== "function") {
    throw new ConfigurationError(
      "limiter",
      "takes what createRateLimiter() makes, or an object with check(key, options)",
    );
  }
  if (mustRefund && typeof limiter.refund !== "function") {
    throw new ConfigurationError("refundOn", "needs a limiter that has refund(receipt)");
  }
}

/** Asks whatever decides about one request. */
export function askSource(
  limiter: RateLimitSource,
  _request: Request,
  key: string,
  options: CheckOptions,
): Promise<RateLimitDecision> {
  return limiter.check(key, options);
}
