import { KeywardError, notify } from "@keyward/core";
import type { RateLimitDecision } from "@keyward/rate-limiter";
import type { RateLimitOptions } from "./rate-limit-options.ts";
import type { RateLimitSource } from "./rate-limit-source.ts";

/**
 * Gives back what a request took if `refundOn` says so. Waited for, since what an answer leaves behind may not run to its end
 * on platforms that freeze an idle instance. Never rejects.
 */
export async function refund<Incoming extends Request>(
  limiter: RateLimitSource,
  { refundOn, onRefundError = warn }: RateLimitOptions<Incoming>,
  { receipt }: RateLimitDecision,
  request: Incoming,
  response: Response | undefined,
): Promise<void> {
  if (refundOn === undefined || receipt === undefined) return;
  try {
    if (await refundOn(request, response)) await limiter.refund?.(receipt);
  } catch (error) {
    notify(() => onRefundError(error, request), { type: "rate-limit.refund-failed" });
  }
}

/** The message of an error that isn't Keyward's may hold anything. */
function warn(error: unknown): void {
  const reason = KeywardError.is(error) ? error.message : "refundOn threw";
  console.warn(`What a request took from its quota wasn't given back: ${reason}`);
}
