import { ConfigurationError } from "@keyward/core";
import {
  checkRateLimitSource,
  decideOnRequest,
  problemOf,
  type RateLimitDecision,
  type RateLimitSource,
  rateLimitHeaders,
  refundRequest,
} from "@keyward/rate-limiter";
import { type RateLimitOptions, type ResolvedRateLimitOptions, resolveRateLimitOptions } from "./rate-limit-options.ts";
import { pathsOf } from "./request-path.ts";
import { withHeaders } from "./with-headers.ts";

/** A Fetch-API handler, with whatever else its platform passes: the context of Next.js, the environment of a Worker. */
export type LimitedHandler<Incoming extends Request, Rest extends unknown[]> = (
  request: Incoming,
  ...rest: Rest
) => Promise<Response>;

/**
 * Puts a limit in front of a Fetch-API handler: a refused request is answered with 429 and never reaches it. The headers of
 * every response say what is left. Bodies pass untouched, and so do streams.
 *
 * What the handler, `key` or a limiter with `onBackendError: "throw"` throws passes through.
 *
 * @example
 * ```ts
 * import { createRateLimiter } from "@keyward/rate-limiter";
 *
 * const limiter = createRateLimiter({ limits: [{ limit: 10, window: "1m" }] });
 * const key = createAddressKey({ header: "x-real-ip" });
 * const GET = withRateLimit(() => Response.json({ done: true }), limiter, { key });
 * ```
 * @throws {ConfigurationError} naming the option that can't be used.
 */
export function withRateLimit<Incoming extends Request, Rest extends unknown[]>(
  handler: (request: Incoming, ...rest: Rest) => Response | Promise<Response>,
  limiter: RateLimitSource,
  options: RateLimitOptions<Incoming>,
): LimitedHandler<Incoming, Rest> {
  if (typeof handler !== "function") throw new ConfigurationError("handler", "must be a function of the request");
  const resolved = resolveRateLimitOptions(options);
  checkRateLimitSource(limiter, resolved.refundOn !== undefined);
  const routeOf = (request: Incoming) => ({ method: request.method, path: resolved.path ?? pathsOf(request) });
  return async function limitedHandler(request, ...rest) {
    if (await resolved.skip?.(request)) return handler(request, ...rest);
    const decision = await decideOnRequest(limiter, resolved, request, routeOf);
    // A proxy that returns nothing lets the request through, so an onLimit that only logs would lift the limit.
    const { onLimit = answerProblem } = resolved;
    const answer = decision.allowed
      ? await answerOrRefund(() => handler(request, ...rest), limiter, resolved, decision, request)
      : ((await onLimit(request, decision)) ?? answerProblem(request, decision));
    return withHeaders(answer, rateLimitHeaders(decision, resolved.headers));
  };
}

async function answerOrRefund<Incoming extends Request>(
  answer: () => Response | Promise<Response>,
  limiter: RateLimitSource,
  options: ResolvedRateLimitOptions<Incoming>,
  decision: RateLimitDecision,
  request: Incoming,
): Promise<Response> {
  try {
    const response = await answer();
    await refund(limiter, options, decision, request, response);
    return response;
  } catch (error) {
    await refund(limiter, options, decision, request, undefined);
    throw error;
  }
}

/**
 * Gives back what the request took if `refundOn` says so. Waited for, because platforms that freeze an idle instance may never
 * finish work that is left behind by a response. Never rejects.
 */
async function refund<Incoming extends Request>(
  limiter: RateLimitSource,
  { refundOn, onRefundError }: RateLimitOptions<Incoming>,
  decision: RateLimitDecision,
  request: Incoming,
  response: Response | undefined,
): Promise<void> {
  if (refundOn === undefined) return;
  await refundRequest(
    limiter,
    decision,
    () => refundOn(request, response),
    (error, line) => (onRefundError ? onRefundError(error, request) : console.warn(line)),
  );
}

function answerProblem(_request: Request, decision: RateLimitDecision): Response {
  return new Response(JSON.stringify(problemOf(decision)), {
    status: 429,
    headers: { "content-type": "application/problem+json" },
  });
}
