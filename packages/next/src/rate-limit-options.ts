import { ConfigurationError, ownOptions } from "@keyward/core";
import { type HeaderStyle, type RateLimitDecision, resolveHeaderStyles } from "@keyward/rate-limiter";

/** Whose quota a request takes from. */
export type KeyOfRequest<Incoming extends Request = Request> = (request: Incoming) => string | Promise<string>;

export interface RateLimitOptions<Incoming extends Request = Request> {
  /** Names the caller, by user, API key or address (`createAddressKey`); the store sees only a digest. */
  readonly key: KeyOfRequest<Incoming>;
  /** Units that a request takes. @default 1, or the route's cost in a table */
  readonly cost?: number | ((request: Incoming) => number | Promise<number>);
  /** Which of the limiter's plans holds. @default none of them, the limiter's own limits */
  readonly plan?: string | ((request: Incoming) => string | undefined | Promise<string | undefined>);
  /**
   * For a table: the path by which it knows this handler. Say it where the handler is one route's alone: a request's own path
   * doesn't show what was rewritten to it.
   *
   * @default the request's
   */
  readonly path?: string;
  /** How the response tells what is left. @default "draft-11" */
  readonly headers?: HeaderStyle | readonly HeaderStyle[];
  /** Requests that aren't limited, and take nothing. @default none */
  readonly skip?: (request: Incoming) => boolean | Promise<boolean>;
  /** Answers a refused request; headers are added to what it returns. @default 429 with a problem+json body */
  readonly onLimit?: (request: Incoming, decision: RateLimitDecision) => Response | Promise<Response>;
  /**
   * Told of every decision before it takes effect, for logs: the request is as it came, so what is written of it is yours to
   * choose. What it throws is swallowed.
   */
  readonly onDecision?: (decision: RateLimitDecision, request: Incoming, durationMs: number) => void;
  /**
   * Whether a request that was let through gets back what it took, asked once the handler has answered; `response` is
   * undefined where it threw. The limiter has to have `refund`, and the answer waits for it.
   *
   * @default never
   */
  readonly refundOn?: (request: Incoming, response: Response | undefined) => boolean | Promise<boolean>;
  /** Told when a refund failed, or `refundOn` did: the answer goes out all the same. @default a line on the console */
  readonly onRefundError?: (error: unknown, request: Incoming) => void;
}

export interface ResolvedRateLimitOptions<Incoming extends Request> extends RateLimitOptions<Incoming> {
  readonly headers: readonly HeaderStyle[];
}

const functions = ["skip", "onLimit", "onDecision", "refundOn", "onRefundError"] as const;
const known = [
  ...functions,
  "key",
  "cost",
  "plan",
  "path",
  "headers",
] as const satisfies readonly (keyof RateLimitOptions)[];

/** @throws {ConfigurationError} naming the option that can't be used. */
export function resolveRateLimitOptions<Incoming extends Request>(
  given: RateLimitOptions<Incoming>,
): ResolvedRateLimitOptions<Incoming> {
  const options = ownOptions("options", given, known);
  if (typeof options.key !== "function") {
    throw new ConfigurationError("key", "takes a function of the request, such as createAddressKey({ header }) makes");
  }
  for (const name of functions) {
    if (options[name] !== undefined && typeof options[name] !== "function") {
      throw new ConfigurationError(name, "takes a function");
    }
  }
  const { cost, plan, path } = options;
  if (cost !== undefined && typeof cost !== "function" && !(Number.isSafeInteger(cost) && cost >= 0)) {
    throw new ConfigurationError("cost", "takes a whole number of units, or a function of the request");
  }
  if (plan !== undefined && typeof plan !== "function" && typeof plan !== "string") {
    throw new ConfigurationError("plan", "takes a plan's name, or a function of the request");
  }
  if (path !== undefined && !(typeof path === "string" && path.startsWith("/"))) {
    throw new ConfigurationError("path", "takes a path that starts with a slash");
  }
  return { ...options, headers: resolveHeaderStyles("headers", options.headers ?? "draft-11") };
}
