import { ConfigurationError, ownOptions } from "@keyward/core";
import { type HeaderStyle, type RateLimitDecision, resolveHeaderStyles } from "@keyward/rate-limiter";
import type { NextFunction, Request, Response } from "express";
import { createAddressKey } from "./address-key/address-key.ts";

/** Whose quota a request takes from. */
export type KeyOfRequest = (request: Request) => string | Promise<string>;

export interface RateLimitOptions {
  /**
   * Names the caller, for instance by user or API key; the store sees only a digest.
   *
   * @default the caller's address, see `createAddressKey`
   */
  readonly key?: KeyOfRequest;
  /** Units that a request takes. @default 1 */
  readonly cost?: number | ((request: Request) => number | Promise<number>);
  /** Which of the limiter's plans holds. @default none of them, the limiter's own limits */
  readonly plan?: string | ((request: Request) => string | undefined | Promise<string | undefined>);
  /** How the response tells what is left. @default "draft-11" */
  readonly headers?: HeaderStyle | readonly HeaderStyle[];
  /** Requests that aren't limited, and take nothing. Preflights are limited like others unless it says so. @default none */
  readonly skip?: (request: Request, response: Response) => boolean | Promise<boolean>;
  /**
   * Answers a refused request. Headers are set and the status is 429 by then; `next()` lets the request through after all.
   *
   * @default a problem+json body
   */
  readonly onLimit?: (
    request: Request,
    response: Response,
    next: NextFunction,
    decision: RateLimitDecision,
  ) => void | Promise<void>;
  /**
   * Told of every decision before it takes effect, for logs: the request is as it came, so what is written of it is yours to
   * choose. What it throws is swallowed.
   */
  readonly onDecision?: (decision: RateLimitDecision, request: Request, durationMs: number) => void;
  /**
   * Whether a request that was let through gets back what it took, asked when its response has ended, or when the client
   * has gone (`response.writableFinished` is false then). The limiter has to have `refund`.
   *
   * @default never
   */
  readonly refundOn?: (request: Request, response: Response) => boolean | Promise<boolean>;
  /** Told when a refund failed, or `refundOn` did: the response has gone out by then. @default a warning of the process */
  readonly onRefundError?: (error: unknown, request: Request) => void;
}

export interface ResolvedRateLimitOptions extends RateLimitOptions {
  readonly key: KeyOfRequest;
  readonly headers: readonly HeaderStyle[];
}

const functions = ["key", "skip", "onLimit", "onDecision", "refundOn", "onRefundError"] as const;
const known = [...functions, "cost", "plan", "headers"] as const satisfies readonly (keyof RateLimitOptions)[];

/** @throws {ConfigurationError} naming the option that can't be used. */
export function resolveRateLimitOptions(given: RateLimitOptions): ResolvedRateLimitOptions {
  const options = ownOptions("options", given, known);
  for (const name of functions) {
    if (options[name] !== undefined && typeof options[name] !== "function") {
      throw new ConfigurationError(name, "takes a function");
    }
  }
  const { cost, plan } = options;
  if (cost !== undefined && typeof cost !== "function" && !(Number.isSafeInteger(cost) && cost >= 0)) {
    throw new ConfigurationError("cost", "takes a whole number of units, or a function of the request");
  }
  if (plan !== undefined && typeof plan !== "function" && typeof plan !== "string") {
    throw new ConfigurationError("plan", "takes a plan's name, or a function of the request");
  }
  return {
    ...options,
    key: options.key ?? createAddressKey(),
    headers: resolveHeaderStyles("headers", options.headers ?? "draft-11"),
  };
}
