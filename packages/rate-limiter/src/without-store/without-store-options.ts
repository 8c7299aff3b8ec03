import { ConfigurationError, endsWithRequest, type KeyValueBackend } from "@keyward/core";
import type { RateLimitDecision } from "../check/decision.ts";

/**
 * What to do while the store can't be reached: `"local"` counts in this instance, each its part of the limit; `"allow"` and
 * `"deny"` decide without counting; `"throw"` rejects with the `BackendError`.
 */
export type OnBackendError = "local" | "allow" | "deny" | "throw";

/**
 * Anything that can decide in a limiter's place, such as another limiter, or your own over a database. It gets the plan that
 * the check names. What it takes can't be given back by `refund`, and what it throws goes to the caller.
 */
export interface FallbackLimiter {
  check(key: string, options: FallbackQuestion): Promise<FallbackDecision>;
  /** Decides and takes nothing. Without it, a peek is a check of cost 0. */
  peek?(key: string, options: FallbackQuestion): Promise<FallbackDecision>;
}

interface FallbackQuestion {
  readonly cost: number;
  readonly plan?: string;
}

type FallbackDecision = Pick<RateLimitDecision, "allowed"> & Partial<RateLimitDecision>;

/** Environment variables of platforms that start and stop instances as they please, so that nobody knows how many there are. */
const serverless = [
  "AWS_LAMBDA_FUNCTION_NAME",
  "VERCEL",
  "NETLIFY",
  "K_SERVICE",
  "FUNCTIONS_WORKER_RUNTIME",
  "DENO_DEPLOYMENT_ID",
];

/** @throws {ConfigurationError} for an invalid choice, and for none where one has to be made. */
export function resolveOnBackendError(
  choice: OnBackendError | undefined,
  fallback: FallbackLimiter | undefined,
  expectedInstances: number | undefined,
  backend: KeyValueBackend | undefined,
): OnBackendError {
  if (choice !== undefined && !["local", "allow", "deny", "throw"].includes(choice)) {
    throw new ConfigurationError("onBackendError", 'must be "local", "allow", "deny" or "throw"');
  }
  if (fallback !== undefined && typeof fallback?.check !== "function") {
    throw new ConfigurationError("fallback", "must be an object with a method check(key, options)");
  }
  if (fallback !== undefined && choice !== undefined) {
    throw new ConfigurationError(
      "fallback",
      "can't be combined with onBackendError, because either decides what happens without the store; leave one of them out",
    );
  }
  if (expectedInstances !== undefined && !(Number.isSafeInteger(expectedInstances) && expectedInstances > 0)) {
    throw new ConfigurationError("expectedInstances", "must be a whole number of instances, 1 or more");
  }
  const isShared = backend !== undefined && backend.capabilities.reach !== "local";
  const isChosen = choice !== undefined || fallback !== undefined || expectedInstances !== undefined;
  if (isShared && !isChosen && !knowsItsInstances()) {
    throw new ConfigurationError(
      "onBackendError",
      "must be set on this platform, where the number of instances isn't known: choose " +
        '"allow", "deny" or "throw", pass a fallback limiter, or choose "local" and set expectedInstances',
    );
  }
  return choice ?? "local";
}

function knowsItsInstances(): boolean {
  const { process } = globalThis;
  return (
    process?.versions?.node !== undefined &&
    !endsWithRequest() &&
    !serverless.some((name) => process.env[name] !== undefined)
  );
}
