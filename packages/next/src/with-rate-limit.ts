import { ConfigurationError, notify } from "@keyward/core";
import { type CheckOptions, problemOf, type RateLimitDecision, rateLimitHeaders } from "@keyward/rate-limiter";
import { type RateLimitOptions, type ResolvedRateLimitOptions, resolveRateLimitOptions } from "./rate-limit-options.ts";
import { askSource, checkSource, isUnlimited, type RateLimitSource } from "./rate-limit-source.ts";
import { refund } from "./refund.ts";
import { withHeaders } from "./with-headers.ts";

/** A handler of the Fetch API with whatever its platform passes besides: Next.js' context, a Worker's environment. */
export type LimitedHandler<Incoming extends Request, Rest extends unknown[]> = (
  request: Incoming,
  ...rest: Rest
) => Promise<Response>;

const decisions = new WeakMap<Request, RateLimitDecision>();

/**
 * Puts a limit in front of a Fetch-API handler: a refused request is answered with 429 and never reaches it. Every response
 * says what is left; its body passes untouched, streams too.
 *
 * What the handler throws passes through, and so does what `key` throws, or a limiter with `onBackendError: "throw"`.
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
  if (typeof handler !== "function") throw new ConfigurationError("handler", "takes a function of the request");
  const resolved = resolveRateLimitOptions(options);
  checkSource(limiter, resolved.refundOn !== undefined);
  return async function limitedHandler(request, ...rest) {
    if (await resolved.skip?.(request)) return handler(request, ...rest);
    const decision = await decide(limiter, resolved, request);
    // A proxy that answers nothing lets the request through: an onLimit that only logs would be no limit.
    const { onLimit = answerProblem } = resolved;
    const answer = decision.allowed
      ? await answerOrRefund(() => handler(request, ...rest), limiter, resolved, decision, request)
      : ((await onLimit(request, decision)) ?? answerProblem(request, decision));
    return withHeaders(answer, rateLimitHeaders(decision, resolved.headers));
  };
}

/**
 * What the latest `withRateLimit` decided on this request; undefined where it was skipped. Its receipt is what gives back a
 * part, such as when an answer took fewer tokens than its cost said.
 */
export function rateLimitDecision(request: Request): RateLimitDecision | undefined {
  return decisions.get(request);
}

async function decide<Incoming extends Request>(
  limiter: RateLimitSource,
  options: ResolvedRateLimitOptions<Incoming>,
  request: Incoming,
): Promise<RateLimitDecision> {
  const { path, onDecision } = options;
  const isFree = isUnlimited(limiter, request, path);
  const key = isFree ? "" : await options.key(request);
  const check = isFree ? {} : await checkOptionsOf(options, request);
  const startedAt = performance.now();
  const decision = await askSource(limiter, request, path, key, check);
  const durationMs = performance.now() - startedAt;
  decisions.set(request, decision);
  notify(onDecision && (() => onDecision(decision, request, durationMs)), { type: "rate-limit.request" });
  return decision;
}

async function checkOptionsOf<Incoming extends Request>(
  { cost, plan }: ResolvedRateLimitOptions<Incoming>,
  request: Incoming,
): Promise<CheckOptions> {
  const units = typeof cost === "function" ? await cost(request) : cost;
  const name = typeof plan === "function" ? await plan(request) : plan;
  return { ...(units !== undefined && { cost: units }), ...(name !== undefined && { plan: name }) };
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

function answerProblem(_request: Request, decision: RateLimitDecision): Response {
  return new Response(JSON.stringify(problemOf(decision)), {
    status: 429,
    headers: { "content-type": "application/problem+json" },
  });
}
