import { ConfigurationError } from "@keyward/core";
import type { RateLimitDecision } from "../check/decision.ts";
import { degradedDecision } from "../check/plain-decision.ts";
import type { Question } from "../check/question.ts";
import type { FallbackLimiter } from "./without-store-options.ts";

/** Asks the limiter that decides in the store's place. What it leaves out of its answer is filled in as if nobody had counted. */
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
    throw new ConfigurationError("fallback", "must answer with { allowed: true } or { allowed: false }");
  }
  const plain = degradedDecision(policy, cost, answer.allowed);
  // Only the fallback itself could refund its receipt.
  const { receipt: _, ...told } = answer;
  const known = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
  const decision: RateLimitDecision = { ...plain, ...known, cost, reason: "degraded" };
  // A refusal without a wait would make `wait` ask again without a pause.
  return decision.allowed || decision.retryAfterMs > 0 ? decision : { ...decision, retryAfterMs: plain.retryAfterMs };
}
