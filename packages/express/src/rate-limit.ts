import { notify } from "@keyward/core";
import { type CheckOptions, type RateLimitDecision, rateLimitHeaders } from "@keyward/rate-limiter";
import type { NextFunction, Request, Response } from "express";
import { asFailure } from "./as-failure.ts";
import { type RateLimitOptions, type ResolvedRateLimitOptions, resolveRateLimitOptions } from "./rate-limit-options.ts";
import { askSource, checkSource, isUnlimited, type RateLimitSource } from "./rate-limit-source.ts";
import { refundLater } from "./refund-later.ts";
import { refuse } from "./refuse.ts";

export type RateLimitMiddleware = (request: Request, response: Response, next: NextFunction) => void;

const decisions = new WeakMap<Request, RateLimitDecision>();

/**
 * Makes a middleware that lets a request through or answers it with 429, and says in headers what is left either way.
 *
 * A route table goes by the path as it was sent, wherever the middleware is mounted, or as the app has rewritten it since.
 *
 * Whatever fails goes to `next(error)`. A client that has gone before the decision is not handed on.
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
  checkSource(limiter, resolved.refundOn !== undefined);
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

/**
 * What the latest `rateLimit` decided on this request; undefined where it was skipped. Its receipt is what gives back a part, such as when an
 * answer took fewer tokens than its cost said.
 */
export function rateLimitDecision(request: Request): RateLimitDecision | undefined {
  return decisions.get(request);
}

/** Resolves with undefined for a request that isn't limited. */
async function decide(
  limiter: RateLimitSource,
  options: ResolvedRateLimitOptions,
  request: Request,
  response: Response,
): Promise<RateLimitDecision | undefined> {
  if (await options.skip?.(request, response)) return undefined;
  const isFree = isUnlimited(limiter, request);
  const key = isFree ? "" : await options.key(request);
  const checkOptions = isFree ? {} : await checkOptionsOf(options, request);
  const startedAt = performance.now();
  const decision = await askSource(limiter, request, key, checkOptions);
  const durationMs = performance.now() - startedAt;
  decisions.set(request, decision);
  const { onDecision } = options;
  notify(onDecision && (() => onDecision(decision, request, durationMs)), { type: "rate-limit.request" });
  if (!response.headersSent) {
    for (const [name, value] of rateLimitHeaders(decision, options.headers)) response.setHeader(name, value);
  }
  refundLater(limiter, options, decision, request, response);
  return decision;
}

async function checkOptionsOf({ cost, plan }: ResolvedRateLimitOptions, request: Request): Promise<CheckOptions> {
  const units = typeof cost === "function" ? await cost(request) : cost;
  const name = typeof plan === "function" ? await plan(request) : plan;
  return { ...(units !== undefined && { cost: units }), ...(name !== undefined && { plan: name }) };
}
