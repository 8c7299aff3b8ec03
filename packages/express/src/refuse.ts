import { problemOf, type RateLimitDecision } from "@keyward/rate-limiter";
import type { NextFunction, Request, Response } from "express";
import { asFailure } from "./as-failure.ts";
import type { RateLimitOptions } from "./rate-limit-options.ts";

/** Answers a refused request with the app's `onLimit`, or with a problem+json body. */
export function refuse(
  { onLimit = sendProblem }: RateLimitOptions,
  decision: RateLimitDecision,
  request: Request,
  response: Response,
  next: NextFunction,
): void {
  const { statusCode } = response;
  // The next handler must find the status as if nothing had been refused.
  const goOn = (error?: unknown) => {
    response.statusCode = statusCode;
    next(error);
  };
  response.statusCode = 429;
  Promise.resolve()
    .then(() => onLimit(request, response, goOn as NextFunction, decision))
    .catch((thrown: unknown) => goOn(asFailure(thrown)));
}

function sendProblem(_request: Request, response: Response, _next: NextFunction, decision: RateLimitDecision): void {
  response.type("application/problem+json").send(JSON.stringify(problemOf(decision)));
}
