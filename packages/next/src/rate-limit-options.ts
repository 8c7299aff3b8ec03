import { ConfigurationError } from "@keyward/core";
import {
  type HeaderStyle,
  type RateLimitDecision,
  type RequestLimitOptions,
  resolveRequestLimitOptions,
} from "@keyward/rate-limiter";

/** Names the caller that a request counts for. */
export type KeyOfRequest<Incoming extends Request = Request> = (request: Incoming) => string | Promise<string>;

export interface RateLimitOptions<Incoming extends Request = Request> extends RequestLimitOptions<Incoming> {
  /**
   * Names the caller, by address (`createAddressKey`), or by user or API key, once it has been verified: who may claim any
   * has a fresh limit each time. The store sees only a digest.
   */
  readonly key: KeyOfRequest<Incoming>;
  /**
   * For a route table: the path by which it knows this handler. Give it if the handler serves just one route, since a request's
   * own path doesn't show what was rewritten to it.
   *
   * @default the request's
   */
  readonly path?: string;
  /** Requests that aren't limited and take nothing. @default none */
  readonly skip?: (request: Incoming) => boolean | Promise<boolean>;
  /** Answers a refused request. The headers are added to the response. @default 429 with a problem+json body */
  readonly onLimit?: (request: Incoming, decision: RateLimitDecision) => Response | Promise<Response>;
  /**
   * Whether to refund a request that was let through. Called once the handler has answered, or has thrown, in which case
   * `response` is undefined. The limiter must have a `refund` method, and the response waits for it.
   *
   * @default never
   */
  readonly refundOn?: (request: Incoming, response: Response | undefined) => boolean | Promise<boolean>;
  /** Told when `refundOn` or the refund failed. The response goes out all the same. @default a line on the console */
  readonly onRefundError?: (error: unknown, request: Incoming) => void;
}

export interface ResolvedRateLimitOptions<Incoming extends Request> extends RateLimitOptions<Incoming> {
  readonly headers: readonly HeaderStyle[];
}

const functions = ["skip", "onLimit", "onDecision", "refundOn", "onRefundError"] as const;

/** @throws {ConfigurationError} naming the option that can't be used. */
export function resolveRateLimitOptions<Incoming extends Request>(
  given: RateLimitOptions<Incoming>,
): ResolvedRateLimitOptions<Incoming> {
  const options = resolveRequestLimitOptions<Incoming, RateLimitOptions<Incoming>>(given, functions, ["key", "path"]);
  if (typeof options.key !== "function") {
    throw new ConfigurationError(
      "key",
      "must be a function of the request, such as createAddressKey({ header }) returns",
    );
  }
  const { path } = options;
  if (path !== undefined && !(typeof path === "string" && path.startsWith("/"))) {
    throw new ConfigurationError("path", "must be a path that starts with a slash");
  }
  return options;
}
