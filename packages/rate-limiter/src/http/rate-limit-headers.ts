import type { RateLimitDecision } from "../check/decision.ts";
import type { WindowStatus } from "../check/window-status.ts";
import { effectiveWindow, isViolated, retryAfter } from "./effective-window.ts";
import { type HeaderStyle, resolveHeaderStyles } from "./header-style.ts";
import { fieldInteger, fieldString } from "./structured-field.ts";

/** A header's name and value. */
export type HeaderField = readonly [name: string, value: string];

/**
 * The headers that tell a client about a decision, whether it was let through or refused.
 *
 * In every style a refusal has a `Retry-After` if waiting helps. No time that a draft tells beside it is later than that;
 * `X-RateLimit-Reset` is when the whole quota is back. A decision that wasn't made by counting, as without a store or for a
 * listed caller, has no other headers.
 *
 * The default is draft-ietf-httpapi-ratelimit-headers-11. A window shorter than a second is told as one second.
 *
 * @example
 * ```ts
 * const limiter = createRateLimiter({ limits: [{ limit: 10, window: "1m" }] });
 * const headers = new Headers();
 * for (const [name, value] of rateLimitHeaders(await limiter.check("user-7"))) headers.set(name, value);
 * ```
 * @throws {ConfigurationError} for an unknown style.
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
 * `t` of one window. Beside a `Retry-After` only the windows that refused have one, and never a later one: that of the others
 * would make the client wait for longer than it has to, or promise what remains for too short a time.
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
