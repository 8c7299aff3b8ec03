import { type RateLimitDecision, type RateLimitSource, refundRequest } from "@keyward/rate-limiter";
import type { Request, Response } from "express";
import type { RateLimitOptions } from "./rate-limit-options.ts";

/** Once the response has ended, whole or cut off, gives back what the request took if `refundOn` says so. Asks once. */
export function refundLater(
  limiter: RateLimitSource,
  { refundOn, onRefundError }: RateLimitOptions,
  decision: RateLimitDecision,
  request: Request,
  response: Response,
): void {
  if (refundOn === undefined || decision.receipt === undefined) return;
  // Returned, so that the rejection of an async `onRefundError` is handled.
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
