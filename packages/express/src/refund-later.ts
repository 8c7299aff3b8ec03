import { type RateLimitDecision, type RateLimitSource, refundRequest } from "@keyward/rate-limiter";
import type { Request, Response } from "express";
import type { RateLimitOptions } from "./rate-limit-options.ts";

/** Gives back what the request took if `refundOn` says so once its response has ended, whole or cut off. Asks once. */
export function refundLater(
  limiter: RateLimitSource,
  { refundOn, onRefundError }: RateLimitOptions,
  decision: RateLimitDecision,
  request: Request,
  response: Response,
): void {
  if (refundOn === undefined || decision.receipt === undefined) return;
  // What an async one rejects with is swallowed only if it is handed back.
  const report = (error: unknown, line: string) =>
    onRefundError ? onRefundError(error, request) : process.emitWarning(line, { code: "KEYWARD_REFUND_FAILED" });
  let isAsked = false;
  const ask = () => {
    if (isAsked) return;
    isAsked = true;
    void refundRequest(limiter, decision, () => refundOn(request, response), report);
  };
  if (response.destroyed) {
    ask();
    return;
  }
  response.once("finish", ask);
  response.once("close", ask);
}
