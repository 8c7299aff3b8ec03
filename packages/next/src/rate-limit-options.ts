import { ConfigurationError } from "@keyward/core";
import {
  type HeaderStyle,
  type RateLimitDecision,
  type RequestLimitOptions,
  resolveRequestLimitOptions,
} from "@keyward/rate-limiter";

/** Whose quota a request takes from. */
export type KeyOfRequest<Incoming extends Request = Request> = (request: Incoming) => string | Promise<string>;

export interface RateLimitOptions<Incoming extends Request = Request> extends RequestLimitOptions<Incoming> {
  /**
   * Names the caller, by address (`createAddressKey`), or by user or API key, once it has been verified: who may claim any
   * has a fresh limit each time. The store sees only a digest.
   */
  readonly key: KeyOfRequest<Incoming>;
  /**
   * For a table: the path by which it knows this handler. Say it where the handler is one route's alone: a request's own path
   * doesn't show what was rewritten to it.
   *
   * @default the request's
   */
  readonly path?: string;
  /** Requests that aren't limited, and take nothing. @default none */
  readonly skip?: (request: Incoming) => boolean | Promise<boolean>;
  /** Answers a refused request; headers are added to what it returns. @default 429 with a problem+json body */
  readonly onLimit?: (request: Incoming, decision: RateLimitDecision) => Response | Promise<Response>;
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

/** @throws {ConfigurationError} naming the option that can't be used. */
export function resolveRateLimitOptions<Incoming extends Request>(
  given: RateLimitOptions<Incoming>,
): ResolvedRateLimitOptions<Incoming> {
  const options = resolveRequestLimitOptions<Incoming, RateLimitOptions<Incoming>>(given, functions, ["key", "path"]);
  if (typeof options.key !== "function") {
    throw new ConfigurationError("key", "takes a function of the request, such as createAddressKey({ header }) makes");
  }
  const { path } = options;
  if (path !== undefined && !(typeof path === "string" && path.startsWith("/"))) {
    throw new ConfigurationError("path", "takes a path that starts with a slash");
  }
  return options;
}
