import { ConfigurationError } from "@keyward/core";
import type { RateLimitDecision } from "./decision.ts";
import { degradedDecision } from "./plain-decision.ts";
import type { Question } from "./question.ts";
import type { FallbackLimiter } from "./without-store.ts";

/** Asks the limiter that decides in the store's place. What it doesn't tell is told as where nobody counts. */
export async function askFallback(
  fallback: FallbackLimiter,
  { key, policy, cost, mode, plan }: Question,
): Promise<RateLimitDecision> {
  const options = { cost, ...(plan !== undefined && { plan }) };
  const answer =
    mode === "spend"
      ? await fallback.check(key, options)
      : await (fallback.peek?.(key, options) ?? fallback.check(key, { ...options, cost: 0 }));
  if (typeof answer?.allowed !== "boolean") {
    throw new ConfigurationError("fallback", "has to answer { allowed: true } or { allowed: false }");
  }
  const plain = degradedDecision(policy, cost, answer.allowed);
  // They are its own: refund here can do nothing with them.
  const { receipt: _, ...told } = answer;
  const known = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
  const decision: RateLimitDecision = { ...plain, ...known, cost, reason: "degraded" };
  // Who waits would ask again without a pause.
  return decision.allowed || decision.retryAfterMs > 0 ? decision : { ...decision, retryAfterMs: plain.retryAfterMs };
}
