export type { AlgorithmName } from "./algorithms/algorithms.ts";
export type { CallerList } from "./caller-list.ts";
export type { DecisionReason, RateLimitDecision } from "./check/decision.ts";
export type { RateLimitReceipt } from "./check/receipt.ts";
export type { WindowStatus } from "./check/window-status.ts";
export {
  type AcquireOptions,
  type ConcurrencyLimiter,
  createConcurrencyLimiter,
  type RunResult,
  type SlotUse,
} from "./concurrency/concurrency-limiter.ts";
export type {
  ConcurrencyEvent,
  ConcurrencyStoreFailedEvent,
  SlotAcquiredEvent,
  SlotLostEvent,
  SlotRefusedEvent,
  SlotReleasedEvent,
} from "./concurrency/events.ts";
export type { ConcurrencyLimiterOptions } from "./concurrency/options.ts";
export type { Slot, SlotRefusal } from "./concurrency/slot.ts";
export { SlotLostError } from "./concurrency/slot-lost-error.ts";
export { RateLimitError, type RateLimitErrorCode } from "./errors.ts";
export type { RateLimitCheckEvent, RateLimitEvent, RateLimitStoreFailedEvent } from "./events.ts";
export { createHitCounter, type HitCounter, type HitCounterOptions } from "./hits/hit-counter.ts";
export type { Hits } from "./hits/scripts/count-hits.ts";
export { type ClientAddress, createClientAddress, type RequestOrigin } from "./http/address/client-address.ts";
export type { ClientAddressOptions } from "./http/address/client-address-options.ts";
export { type HeaderStyle, resolveHeaderStyles } from "./http/header-style.ts";
export { problemOf, type RateLimitProblem } from "./http/problem.ts";
export { type HeaderField, rateLimitHeaders } from "./http/rate-limit-headers.ts";
export { decideOnRequest, type RequestDecisionOptions, rateLimitDecision } from "./http/requests/decide-on-request.ts";
export { checkRateLimitSource, type RateLimitSource } from "./http/requests/rate-limit-source.ts";
export { refundRequest } from "./http/requests/refund-request.ts";
export { type RequestLimitOptions, resolveRequestLimitOptions } from "./http/requests/request-limit-options.ts";
export type { RateLimiterOptions } from "./options.ts";
export type { RateLimit } from "./policy.ts";
export {
  type CheckOptions,
  createRateLimiter,
  type RateLimiter,
  type RefundOptions,
  type WaitOptions,
} from "./rate-limiter.ts";
export type { RouteRequest } from "./routes/match-routes.ts";
export type { Route, RouteLimiter, RouteRule, RouteTableOptions } from "./routes/route-options.ts";
export { createRouteTable, type RouteDecision, type RouteTable } from "./routes/route-table.ts";
export type { FallbackLimiter, OnBackendError } from "./without-store/without-store-options.ts";
