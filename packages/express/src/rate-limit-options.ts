import {
  type HeaderStyle,
  type RateLimitDecision,
  type RequestLimitOptions,
  resolveRequestLimitOptions,
} from "@keyward/rate-limiter";
import type { NextFunction, Request, Response } from "express";
import { createAddressKey } from "./address-key/address-key.ts";

/** Whose quota a request takes from. */
export type KeyOfRequest = (request: Request) => string | Promise<string>;

export interface RateLimitOptions extends RequestLimitOptions<Request> {
  /**
   * Names the caller, for instance by user or API key, once it has been verified: who may claim any has a fresh limit each
   * time. The store sees only a digest.
   *
   * @default the caller's address, see `createAddressKey`
   */
  readonly key?: KeyOfRequest;
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

/** @throws {ConfigurationError} naming the option that can't be used. */
export function resolveRateLimitOptions(given: RateLimitOptions): ResolvedRateLimitOptions {
  const options = resolveRequestLimitOptions<Request, RateLimitOptions>(given, functions, []);
  return { ...options, key: options.key ?? createAddressKey() };
}
