import { notify } from "@keyward/core";
import type { RateLimitDecision } from "../../check/decision.ts";
import type { CheckOptions } from "../../rate-limiter.ts";
import type { RouteRequest } from "../../routes/match-routes.ts";
import { type RateLimitSource, requestCheckOf } from "./rate-limit-source.ts";
import type { RequestLimitOptions } from "./request-limit-options.ts";

/** As much of a middleware's options as it takes to decide on a request. */
export interface RequestDecisionOptions<Incoming>
  extends Pick<RequestLimitOptions<Incoming>, "cost" | "plan" | "onDecision"> {
  /** Which caller the request counts for. */
  readonly key: (request: Incoming) => string | Promise<string>;
}

const decisions = new WeakMap<object, RateLimitDecision>();

/**
 * For middleware: asks `source` about one request, remembers the answer for `rateLimitDecision`, and tells `onDecision`, in
 * this order. `routeOf` says by which paths the app may serve the request, and is called only for a route table. If the table
 * counts nothing for it, neither `key` nor `cost` nor `plan` is called.
 *
 * Rejects with whatever `key`, `cost`, `plan` or the source throws.
 */
export async function decideOnRequest<Incoming extends object>(
  source: RateLimitSource,
  options: RequestDecisionOptions<Incoming>,
  request: Incoming,
  routeOf: (request: Incoming) => RouteRequest,
): Promise<RateLimitDecision> {
  const { onDecision } = options;
  const { isUnlimited, ask } = requestCheckOf(source, () => routeOf(request));
  // The key of a request that isn't counted may be unknown: a health probe doesn't come through the proxy.
  const key = isUnlimited ? "" : await options.key(request);
  const checkOptions = isUnlimited ? {} : await checkOptionsOf(options, request);
  const startedAt = performance.now();
  const decision = await ask(key, checkOptions);
  const durationMs = performance.now() - startedAt;
  decisions.set(request, decision);
  notify(onDecision && (() => onDecision(decision, request, durationMs)), { type: "rate-limit.request" });
  return decision;
}

/**
 * The latest decision on a request, by the request object that the middleware or handler received; undefined if it was
 * skipped. With its receipt a part can be refunded, for instance if an answer took fewer tokens than its cost said.
 */
export function rateLimitDecision(request: object): RateLimitDecision | undefined {
  return decisions.get(request);
}

async function checkOptionsOf<Incoming>(
  { cost, plan }: RequestDecisionOptions<Incoming>,
  request: Incoming,
): Promise<CheckOptions> {
  const units = typeof cost === "function" ? await cost(request) : cost;
  const name = typeof plan === "function" ? await plan(request) : plan;
  return { ...(units !== undefined && { cost: units }), ...(name !== undefined && { plan: name }) };
}
