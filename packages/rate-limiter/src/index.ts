export type { AlgorithmName } from "./algorithms/algorithms.ts";
export type { CallerList } from "./caller-list.ts";
export type { DecisionReason, RateLimitDecision, WindowStatus } from "./decision.ts";
export type { RateLimitCheckEvent, RateLimitEvent, RateLimitStoreFailedEvent } from "./events.ts";
export type { RateLimit } from "./limit.ts";
export type { RateLimiterOptions } from "./options.ts";
export {
  type CheckOptions,
  createRateLimiter,
  type RateLimiter,
  type RefundOptions,
  type WaitOptions,
} from "./rate-limiter.ts";
export type { RateLimitReceipt } from "./receipt.ts";
export type { FallbackLimiter, OnBackendError } from "./without-store.ts";
