import { ConfigurationError, ownOptions } from "@keyward/core";
import type { RateLimitDecision } from "../../decision.ts";
import { type HeaderStyle, resolveHeaderStyles } from "../header-style.ts";

/** What an app may say of limits on its requests, whichever framework they come by; glue adds what is its framework's own. */
export interface RequestLimitOptions<Incoming> {
  /** Units that a request takes; one that takes 0 passes though nothing is left. @default 1, or the route's cost in a table */
  readonly cost?: number | ((request: Incoming) => number | Promise<number>);
  /** Which of the limiter's plans holds. @default none of them, the limiter's own limits */
  readonly plan?: string | ((request: Incoming) => string | undefined | Promise<string | undefined>);
  /** How the response tells what is left. @default "draft-11" */
  readonly headers?: HeaderStyle | readonly HeaderStyle[];
  /**
   * Told of every decision before it takes effect, for logs: the request is as it came, so what is written of it is yours to
   * choose. What it throws is swallowed.
   */
  readonly onDecision?: (decision: RateLimitDecision, request: Incoming, durationMs: number) => void;
}

/**
 * For glue: a copy of an app's options with the header styles as a list. `functions` are those that take a function, `others` what
 * the framework's own options are besides.
 *
 * @throws {ConfigurationError} naming the option that can't be used.
 */
export function resolveRequestLimitOptions<Incoming, Options extends RequestLimitOptions<Incoming>>(
  given: Options & RequestLimitOptions<Incoming>,
  functions: readonly (keyof Options)[],
  others: readonly (keyof Options)[],
): Options & { readonly headers: readonly HeaderStyle[] } {
  const options = ownOptions("options", given, [...functions, ...others, "cost", "plan", "headers"]);
  for (const name of functions) {
    if (options[name] !== undefined && typeof options[name] !== "function") {
      throw new ConfigurationError(String(name), "takes a function");
    }
  }
  const { cost, plan } = options;
  if (cost !== undefined && typeof cost !== "function" && !(Number.isSafeInteger(cost) && cost >= 0)) {
    throw new ConfigurationError("cost", "takes a whole number of units, or a function of the request");
  }
  if (plan !== undefined && typeof plan !== "function" && typeof plan !== "string") {
    throw new ConfigurationError("plan", "takes a plan's name, or a function of the request");
  }
  return { ...options, headers: resolveHeaderStyles("headers", options.headers ?? "draft-11") };
}
