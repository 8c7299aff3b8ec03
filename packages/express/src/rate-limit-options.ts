import {
  type HeaderStyle,
  type RateLimitDecision,
  type RequestLimitOptions,
  resolveRequestLimitOptions,
} from "@keyward/rate-limiter";
import type { NextFunction, Request, Response } from "express";
import { createAddressKey } from "./address-key/address-key.ts";

/** Names the caller that a request counts for. */
export type KeyOfRequest = (request: Request) => string | Promise<string>;

export interface RateLimitOptions extends RequestLimitOptions<Request> {
  /**
   * Names the caller, for instance by user or API key, once it has been verified: who may claim any has a fresh limit each
   * time. The store sees only a digest.
   *
   * @default the caller's address, see `createAddressKey`
   */
  readonly key?: KeyOfRequest;
  /** Requests that aren't limited and take nothing. Preflights are limited like any other unless skipped. @default none */
  readonly skip?: (request: Request, response: Response) => boolean | Promise<boolean>;
  /**
   * Answers a refused request. The headers and status 429 are set by then. `next()` lets the request through after all.
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
   * Whether to refund a request that was let through. Called when its response has ended, or when the client has gone away
   * (`response.writableFinished` is false then). The limiter must have a `refund` method.
   *
   * @default never
   */
  readonly refundOn?: (request: Request, response: Response) => boolean | Promise<boolean>;
  /** Told when `refundOn` or the refund failed, by when the response has gone out. @default a process warning */
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
