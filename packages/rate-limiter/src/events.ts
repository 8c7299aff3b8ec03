import type { KeywardEvent } from "@keyward/core";
import type { DecisionReason } from "./check/decision.ts";

/** What a rate limiter tells its observer. No event holds a key. */
export type RateLimitEvent = RateLimitCheckEvent | RateLimitStoreFailedEvent;

export interface RateLimitCheckEvent extends KeywardEvent {
  /** Which method was called. */
  readonly type: "rate-limit.check" | "rate-limit.peek";
  /** The limiter's name. */
  readonly limiter: string;
  readonly allowed: boolean;
  readonly reason: DecisionReason;
  /** Would have been refused, and was let through since the limiter is in shadow mode. */
  readonly shadowed: boolean;
  readonly cost: number;
  readonly limit: number;
  readonly remaining: number;
  readonly retryAfterMs: number;
  readonly durationMs: number;
}

/** The store couldn't be reached, and the check was decided without it. */
export interface RateLimitStoreFailedEvent extends KeywardEvent {
  readonly type: "rate-limit.store-failed";
  readonly limiter: string;
  /** Of the `BackendError`. */
  readonly code: string;
  readonly operation: string;
}
