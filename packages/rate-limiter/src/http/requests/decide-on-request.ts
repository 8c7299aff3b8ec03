import { notify } from "@keyward/core";
import type { RateLimitDecision } from "../../check/decision.ts";
import type { CheckOptions } from "../../rate-limiter.ts";
import type { RouteRequest } from "../../routes/match-routes.ts";
import { type RateLimitSource, requestCheckOf } from "./rate-limit-source.ts";
import type { RequestLimitOptions } from "./request-limit-options.ts";

/** Enough of glue's options to decide on a request. */
export interface RequestDecisionOptions<Incoming>
  extends Pick<RequestLimitOptions<Incoming>, "cost" | "plan" | "onDecision"> {
  /** Whose quota the request takes from. */
  readonly key: (request: Incoming) => string | Promise<string>;
}

const decisions = new WeakMap<object, RateLimitDecision>();

/**
 * For glue: asks `source` about one request, remembers the answer for `rateLimitDecision`, and tells `onDecision`, in this
 * order. `routeOf` says by which paths the app may serve it, and is called only for a table. Where
 * that counts nothing, neither `key` nor `cost` and `plan` are asked.
 *
 * Rejects with what `key`, `cost`, `plan` or the source throws.
 */
export async function decideOnRequest<Incoming extends object>(
  source: RateLimitSource,
  options: RequestDecisionOptions<Incoming>,
  request: Incoming,
  routeOf: (request: Incoming) => RouteRequest,
): Promise<RateLimitDecision> {
  const { onDecision } = options;
  const { isUnlimited, ask } = requestCheckOf(source, () => routeOf(request));
  // Whom it is from may not be known then: a probe comes past the proxy.
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
 * What a limit decided last on this request, which is the object that came to the middleware or handler; undefined where it
 * was skipped. Its receipt is what gives back a part, such as when an answer took fewer tokens than its cost said.
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
