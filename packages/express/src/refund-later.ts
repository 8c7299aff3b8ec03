import { KeywardError, notify } from "@keyward/core";
import type { RateLimitDecision } from "@keyward/rate-limiter";
import type { Request, Response } from "express";
import type { RateLimitOptions } from "./rate-limit-options.ts";
import type { RateLimitSource } from "./rate-limit-source.ts";

/** Gives back what the request took if `refundOn` says so once its response has ended, whole or cut off. Asks once. */
export function refundLater(
  limiter: RateLimitSource,
  { refundOn, onRefundError = warn }: RateLimitOptions,
  { receipt }: RateLimitDecision,
  request: Request,
  response: Response,
): void {
  if (refundOn === undefined || receipt === undefined) return;
  let isAsked = false;
  const ask = async () => {
    if (isAsked) return;
    isAsked = true;
    try {
      if (await refundOn(request, response)) await limiter.refund?.(receipt);
    } catch (error) {
      notify(() => onRefundError(error, request), { type: "rate-limit.refund-failed" });
    }
  };
  if (response.destroyed) {
    void ask();
    return;
  }
  response.once("finish", ask);
  response.once("close", ask);
}

/** The message of an error that isn't Keyward's may hold anything. */
function warn(error: unknown): void {
  const reason = KeywardError.is(error) ? error.message : "refundOn threw";
  process.emitWarning(`What a request took from its quota wasn't given back: ${reason}`, {
    code: "KEYWARD_REFUND_FAILED",
  });
}
