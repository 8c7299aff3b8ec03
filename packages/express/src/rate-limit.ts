import {
  checkRateLimitSource,
  decideOnRequest,
  type RateLimitDecision,
  type RateLimitSource,
  type RouteRequest,
  rateLimitHeaders,
} from "@keyward/rate-limiter";
import type { NextFunction, Request, Response } from "express";
import { asFailure } from "./as-failure.ts";
import { type RateLimitOptions, type ResolvedRateLimitOptions, resolveRateLimitOptions } from "./rate-limit-options.ts";
import { refundLater } from "./refund-later.ts";
import { refuse } from "./refuse.ts";
import { servedPath } from "./served-path.ts";

export type RateLimitMiddleware = (request: Request, response: Response, next: NextFunction) => void;

/**
 * Makes a middleware that lets a request through or answers it with 429. Either way, headers say what is left.
 *
 * A route table gets the path as it was sent, or as the app has rewritten it since, wherever the middleware is mounted.
 *
 * Whatever fails goes to `next(error)`. If the client has gone away before the decision, `next` isn't called.
 *
 * @example
 * ```ts
 * import { createRateLimiter } from "@keyward/rate-limiter";
 * import express from "express";
 *
 * const limiter = createRateLimiter({ limits: [{ limit: 10, window: "1m" }] });
 * const app = express().use("/api", rateLimit(limiter));
 * ```
 * @throws {ConfigurationError} naming the option that can't be used.
 */
export function rateLimit(limiter: RateLimitSource, options: RateLimitOptions = {}): RateLimitMiddleware {
  const resolved = resolveRateLimitOptions(options);
  checkRateLimitSource(limiter, resolved.refundOn !== undefined);
  return function rateLimitMiddleware(request, response, next) {
    const fail = (thrown: unknown) => next(asFailure(thrown));
    decide(limiter, resolved, request, response).then((decision) => {
      if (decision === undefined) return next();
      if (response.destroyed) return;
      if (decision.allowed) return next();
      refuse(resolved, decision, request, response, next);
    }, fail);
  };
}

/** @returns undefined for a request that is skipped */
async function decide(
  limiter: RateLimitSource,
  options: ResolvedRateLimitOptions,
  request: Request,
  response: Response,
): Promise<RateLimitDecision | undefined> {
  if (await options.skip?.(request, response)) return undefined;
  const decision = await decideOnRequest(limiter, options, request, routeOf);
  if (!response.headersSent) {
    for (const [name, value] of rateLimitHeaders(decision, options.headers)) response.setHeader(name, value);
  }
  refundLater(limiter, options, decision, request, response);
  return decision;
}

function routeOf(request: Request): RouteRequest {
  return { method: request.method, path: servedPath(request) };
}
