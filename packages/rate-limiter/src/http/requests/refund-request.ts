import { KeywardError, notify } from "@keyward/core";
import type { RateLimitDecision } from "../../check/decision.ts";
import type { RateLimitSource } from "./rate-limit-source.ts";

/**
 * For middleware: gives back what a request took if `isDue` says so, which is called only if there is something to give back.
 *
 * Never rejects, since the response has to go out in any case. `onFailed` is told what `isDue` or the refund threw, with a
 * line for logs that says nothing about the request.
 */
export async function refundRequest(
  source: RateLimitSource,
  { receipt }: RateLimitDecision,
  isDue: () => boolean | Promise<boolean>,
  onFailed: (error: unknown, line: string) => void,
): Promise<void> {
  if (receipt === undefined) return;
  try {
    if (await isDue()) await source.refund?.(receipt);
  } catch (error) {
    // The message of any other error may hold secrets.
    const reason = KeywardError.is(error) ? error.message : "refundOn threw";
    const line = `The units that a request took weren't given back: ${reason}`;
    notify(() => onFailed(error, line), { type: "rate-limit.refund-failed" });
  }
}
