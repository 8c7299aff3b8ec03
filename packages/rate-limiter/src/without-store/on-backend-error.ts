import { ConfigurationError, endsWithRequest, type KeyValueBackend } from "@keyward/core";
import type { RateLimitDecision } from "../check/decision.ts";

/**
 * What decides while the store can't be asked: `"local"` this instance's own windows, `"allow"` and `"deny"` nobody,
 * `"throw"` the caller, who gets the `BackendError`.
 */
export type OnBackendError = "local" | "allow" | "deny" | "throw";

/**
 * Anything that can decide in a limiter's place, such as another limiter or one of your own over a database. It is told the
 * plan that a check names. What it took can't be given back by `refund`, and what it throws goes to the caller.
 */
export interface FallbackLimiter {
  check(key: string, options: FallbackQuestion): Promise<FallbackDecision>;
  /** Decides and takes nothing. Without it a peek is a check of cost 0. */
  peek?(key: string, options: FallbackQuestion): Promise<FallbackDecision>;
}

interface FallbackQuestion {
  readonly cost: number;
  readonly plan?: string;
}

type FallbackDecision = Pick<RateLimitDecision, "allowed"> & Partial<RateLimitDecision>;

/** Set by platforms that start and stop instances as they please: how many there are can't be known. */
const serverless = [
  "AWS_LAMBDA_FUNCTION_NAME",
  "VERCEL",
  "NETLIFY",
  "K_SERVICE",
  "FUNCTIONS_WORKER_RUNTIME",
  "DENO_DEPLOYMENT_ID",
];

/** @throws {ConfigurationError} for none of the choices, or where one has to be made and wasn't. */
export function resolveOnBackendError(
  choice: OnBackendError | undefined,
  fallback: FallbackLimiter | undefined,
  expectedInstances: number | undefined,
  backend: KeyValueBackend | undefined,
): OnBackendError {
  if (choice !== undefined && !["local", "allow", "deny", "throw"].includes(choice)) {
    throw new ConfigurationError("onBackendError", 'takes "local", "allow", "deny" or "throw"');
  }
  if (fallback !== undefined && typeof fallback?.check !== "function") {
    throw new ConfigurationError("fallback", "takes an object with check(key, options)");
  }
  if (fallback !== undefined && choice !== undefined) {
    throw new ConfigurationError("fallback", "and onBackendError are two answers to one question; leave one out");
  }
  if (expectedInstances !== undefined && !(Number.isSafeInteger(expectedInstances) && expectedInstances > 0)) {
    throw new ConfigurationError("expectedInstances", "must be a whole number of instances above 0");
  }
  const isShared = backend !== undefined && backend.capabilities.reach !== "local";
  const isChosen = choice !== undefined || fallback !== undefined || expectedInstances !== undefined;
  if (isShared && !isChosen && !knowsItsInstances()) {
    throw new ConfigurationError(
      "onBackendError",
      "has to be chosen here, where the number of instances can't be known: " +
        '"allow", "deny", "throw", a fallback limiter, or "local" with expectedInstances',
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
