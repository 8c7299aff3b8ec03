import { ownOptions } from "@keyward/core";
import type { RateLimitSource } from "@keyward/rate-limiter";
import type { RateLimitOptions } from "./rate-limit-options.ts";
import { type LimitedHandler, withRateLimit } from "./with-rate-limit.ts";

/** A proxy doesn't see how the request fares. */
export type ProxyOptions<Incoming extends Request = Request> = Omit<
  RateLimitOptions<Incoming>,
  "refundOn" | "onRefundError" | "path"
>;

const known = ["key", "cost", "plan", "headers", "skip", "onLimit", "onDecision"] as const;

/**
 * Makes the proxy of a Next.js app (`proxy.ts`; `middleware.ts` before 16) that answers 429 or lets requests through to
 * their routes, whose responses then say what is left. For a proxy that does more, wrap that one in `withRateLimit`.
 *
 * @throws {ConfigurationError} naming the option that can't be used.
 */
export function rateLimitProxy<Incoming extends Request = Request>(
  limiter: RateLimitSource,
  options: ProxyOptions<Incoming>,
): LimitedHandler<Incoming, unknown[]> {
  return withRateLimit<Incoming, unknown[]>(letThrough, limiter, ownOptions("options", options, known));
}

/** What `NextResponse.next()` makes, without the import. */
function letThrough(): Response {
  return new Response(null, { headers: { "x-middleware-next": "1" } });
}
