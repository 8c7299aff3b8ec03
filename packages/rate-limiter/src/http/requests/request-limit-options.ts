import { ConfigurationError, ownOptions } from "@keyward/core";
import type { RateLimitDecision } from "../../check/decision.ts";
import { type HeaderStyle, resolveHeaderStyles } from "../header-style.ts";

/** Options for limits on requests that are the same in every framework. Each middleware adds those of its framework. */
export interface RequestLimitOptions<Incoming> {
  /** Units that a request takes. With 0 it passes even if nothing is left. @default 1, or the cost of the route in a table */
  readonly cost?: number | ((request: Incoming) => number | Promise<number>);
  /** Which of the limiter's plans applies. @default none: the limiter's own limits */
  readonly plan?: string | ((request: Incoming) => string | undefined | Promise<string | undefined>);
  /** Which headers tell the client what is left. @default "draft-11" */
  readonly headers?: HeaderStyle | readonly HeaderStyle[];
  /**
   * Told of every decision before it takes effect, for logs. The request comes as it is, so choose what to log of it. What this
   * function throws is ignored.
   */
  readonly onDecision?: (decision: RateLimitDecision, request: Incoming, durationMs: number) => void;
}

/**
 * For middleware: a checked copy of the options, with the header styles as a list.
 *
 * @param functions the names of the framework's options that take a function
 * @param others the names of its other options
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
      throw new ConfigurationError(String(name), "must be a function, or left out");
    }
  }
  const { cost, plan } = options;
  if (cost !== undefined && typeof cost !== "function" && !(Number.isSafeInteger(cost) && cost >= 0)) {
    throw new ConfigurationError("cost", "must be a whole number of units, 0 or more, or a function of the request");
  }
  if (plan !== undefined && typeof plan !== "function" && typeof plan !== "string") {
    throw new ConfigurationError("plan", "must be the name of a plan, or a function of the request");
  }
  return { ...options, headers: resolveHeaderStyles("headers", options.headers ?? "draft-11") };
}
