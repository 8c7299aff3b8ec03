import type { RateLimitDecision } from "../check/decision.ts";
import { isViolated, retryAfter } from "./effective-window.ts";

/** The body of a 429 response, to be sent as `application/problem+json` (RFC 9457). */
export interface RateLimitProblem {
  /** `quota-exceeded` from the IANA registry if a window refused, else `about:blank`. */
  readonly type: string;
  readonly title: string;
  readonly status: 429;
  readonly detail: string;
  /** The names of the windows that had too little left. Left out if it wasn't a window that refused. */
  readonly "violated-policies"?: readonly string[];
}

/** What a refused caller is told: which limits it has reached and when it may come back. Nothing about any other caller. */
export function problemOf(decision: RateLimitDecision): RateLimitProblem {
  const violated = decision.windows.filter((window) => isViolated(window, decision)).map(({ name }) => name);
  const detail = detailOf(decision);
  if (violated.length === 0) return { type: "about:blank", title: "Too Many Requests", status: 429, detail };
  return {
    type: "https://iana.org/assignments/http-problem-types#quota-exceeded",
    title: "Quota Exceeded",
    status: 429,
    detail,
    "violated-policies": violated,
  };
}

function detailOf(decision: RateLimitDecision): string {
  const seconds = retryAfter(decision);
  if (seconds !== undefined) return `Try again in ${seconds} ${seconds === 1 ? "second" : "seconds"}.`;
  return decision.reason === "blocked"
    ? "Requests of this caller are not accepted."
    : "The request needs more than the quota ever holds; waiting doesn't help.";
}
