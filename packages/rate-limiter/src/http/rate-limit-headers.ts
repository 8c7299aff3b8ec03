import type { RateLimitDecision } from "../decision.ts";
import type { WindowStatus } from "../window-status.ts";
import { effectiveWindow, isViolated, retryAfter } from "./effective-window.ts";
import { type HeaderStyle, resolveHeaderStyles } from "./header-style.ts";
import { fieldInteger, fieldString } from "./structured-field.ts";

/** A header's name and value. */
export type HeaderField = readonly [name: string, value: string];

/**
 * What a response should say of a decision, of one that lets the call through too.
 *
 * `Retry-After` stands in every style where waiting helps, and no time that a draft tells beside it is later; `X-RateLimit-Reset`
 * is when the whole quota is back. A decision that no window made, as without a store or for a listed caller, has nothing else to tell.
 *
 * The default is draft-ietf-httpapi-ratelimit-headers-11, and a window shorter than a second is told as one second.
 *
 * @example
 * ```ts
 * const limiter = createRateLimiter({ limits: [{ limit: 10, window: "1m" }] });
 * const headers = new Headers();
 * for (const [name, value] of rateLimitHeaders(await limiter.check("user-7"))) headers.set(name, value);
 * ```
 * @throws {ConfigurationError} for a style that there isn't.
 */
export function rateLimitHeaders(
  decision: RateLimitDecision,
  style: HeaderStyle | readonly HeaderStyle[] = "draft-11",
): HeaderField[] {
  const chosen = resolveHeaderStyles("style", style);
  const fields = decision.windows.length === 0 ? [] : chosen.flatMap((each) => shapes[each](decision));
  const seconds = retryAfter(decision);
  if (seconds !== undefined) fields.push(["Retry-After", String(seconds)]);
  return fields;
}

const shapes: Readonly<Record<HeaderStyle, (decision: RateLimitDecision) => HeaderField[]>> = {
  "draft-11": (decision) => {
    const policies: string[] = [];
    const limits: string[] = [];
    for (const window of decision.windows) {
      const name = fieldString("windows.name", window.name);
      const seconds = told(window, decision);
      policies.push(`${name};q=${fieldInteger(window.limit)};w=${wholeSeconds(window.windowMs)}`);
      limits.push(`${name};r=${fieldInteger(window.remaining)}${seconds === undefined ? "" : `;t=${seconds}`}`);
    }
    return [
      ["RateLimit-Policy", policies.join(", ")],
      ["RateLimit", limits.join(", ")],
    ];
  },
  "draft-7": (decision) => {
    const { limit, remaining, reset } = tightest(decision);
    return [policyOfOld(decision), ["RateLimit", `limit=${limit}, remaining=${remaining}, reset=${reset}`]];
  },
  "draft-6": (decision) => {
    const { limit, remaining, reset } = tightest(decision);
    return [
      policyOfOld(decision),
      ["RateLimit-Limit", `${limit}`],
      ["RateLimit-Remaining", `${remaining}`],
      ["RateLimit-Reset", `${reset}`],
    ];
  },
  "x-ratelimit": (decision) => {
    const { limit, remaining } = tightest(decision);
    return [
      ["X-RateLimit-Limit", `${limit}`],
      ["X-RateLimit-Remaining", `${remaining}`],
      ["X-RateLimit-Reset", `${fieldInteger(decision.resetAt / 1_000)}`],
    ];
  },
  none: () => [],
};

/**
 * `t` of one window. Beside a `Retry-After` only windows that stood in the way have one, never a later one: the others would
 * hold the client off for longer than it has to wait, or promise their rest for too short a time.
 */
function told(window: WindowStatus, decision: RateLimitDecision): number | undefined {
  const seconds = retryAfter(decision);
  if (seconds === undefined) return fieldInteger(effectiveWindow(window));
  return isViolated(window, decision) ? Math.min(seconds, wholeSeconds(window.nextMs)) : undefined;
}

function tightest(decision: RateLimitDecision): { limit: number; remaining: number; reset: number } {
  const window = decision.windows.reduce((least, other) => (other.remaining < least.remaining ? other : least));
  return {
    limit: fieldInteger(window.limit),
    remaining: fieldInteger(window.remaining),
    reset: retryAfter(decision) ?? fieldInteger(effectiveWindow(window)),
  };
}

function policyOfOld({ windows }: RateLimitDecision): HeaderField {
  return [
    "RateLimit-Policy",
    windows.map(({ limit, windowMs }) => `${fieldInteger(limit)};w=${wholeSeconds(windowMs)}`).join(", "),
  ];
}

function wholeSeconds(ms: number): number {
  return Math.max(1, fieldInteger(ms / 1_000));
}
